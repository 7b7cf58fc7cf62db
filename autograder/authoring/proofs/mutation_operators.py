"""Small changes to a piece of code, each a mistake that a student could make. Used by `mutants`."""

import ast
import copy
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple


class Change(NamedTuple):
    """What to put in the place of a node."""

    operator: str  # the kind of change
    node: ast.AST


_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
}
_ORDERED = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)  # a - b is not b - a
_COMPARISON: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_FUNCTIONS = (
    ("min", "max"),
    ("argmin", "argmax"),
    ("sum", "mean"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("floor", "ceil"),
    ("any", "all"),
)
_OTHER_FUNCTION = {one: two for pair in _FUNCTIONS for one, two in (pair, pair[::-1])}
_DELETED = (ast.Assign, ast.AugAssign, ast.Expr, ast.If, ast.For, ast.While, ast.Raise, ast.Assert)
_AXES = ("axis", "dim")
_BOUNDS = ("range", "slice")  # whose arguments are where something begins and ends


def changes(node: ast.AST, parent: ast.AST, field: str) -> Iterator[Change]:
    """Every change of this node, a `field` of `parent`; those of the nodes inside it are theirs."""
    if field == "test" and isinstance(parent, (ast.If, ast.IfExp, ast.While)):
        yield from _condition(node, parent)
    for kind, function in _BY_KIND:
        if isinstance(node, kind):
            yield from (c for c in function(node) if not _pointless(c, parent))


def _pointless(change: Change, parent: ast.AST) -> bool:
    """A statement that is an argument does nothing, like a deleted one; axis -1 is mostly 1."""
    if isinstance(parent, ast.keyword):
        return parent.arg in _AXES and isinstance(change.node, ast.UnaryOp)
    return isinstance(parent, ast.Expr) and change.operator == "dropped call"


def number_changes(node: ast.AST) -> Iterator[Change]:
    """A number: one more, zero, the other sign. True and False: the other one."""
    assert isinstance(node, ast.Constant)
    value = node.value
    if isinstance(value, bool):
        yield Change("boolean", ast.Constant(not value))
    elif isinstance(value, (int, float)):
        for other in dict.fromkeys((value + 1, type(value)(0), -value)):
            if other != value:
                yield Change("number", _number(other))


def _number(value: float) -> ast.expr:
    """As it is parsed: a negative number is a minus and a number."""
    if value < 0:
        return ast.UnaryOp(ast.USub(), ast.Constant(-value))
    return ast.Constant(value)


def _operation(node: Any) -> Iterator[Change]:
    other = _ARITHMETIC.get(type(node.op))
    if other:
        yield Change("arithmetic", ast.BinOp(node.left, other(), node.right))
    yield Change("operand", node.left)
    yield Change("operand", node.right)
    if isinstance(node.op, _ORDERED):
        yield Change("argument order", ast.BinOp(node.right, node.op, node.left))


def _comparison(node: Any) -> Iterator[Change]:
    if len(node.ops) == 1:
        for other in _COMPARISON[type(node.ops[0])]:
            yield Change("comparison", ast.Compare(node.left, [other()], node.comparators))


def _boolean(node: Any) -> Iterator[Change]:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield Change("boolean", ast.BoolOp(other, node.values))


def _unary(node: Any) -> Iterator[Change]:
    if isinstance(node.op, (ast.USub, ast.Not)):
        yield Change("negation", node.operand)


def _condition(test: Any, parent: ast.AST) -> Iterator[Change]:
    """Never, always, and the contrary; `while True` would only hang."""
    yield Change("condition", ast.Constant(False))
    if not isinstance(parent, ast.While):
        yield Change("condition", ast.Constant(True))
    if not isinstance(test, (ast.Compare, ast.UnaryOp)):  # these are turned around themselves
        yield Change("condition", ast.UnaryOp(ast.Not(), test))


def _call(node: Any) -> Iterator[Change]:
    for number in range(len(node.keywords)):
        rest = [*node.keywords[:number], *node.keywords[number + 1 :]]
        yield Change("dropped keyword", _with(node, keywords=rest))
    for number in range(len(node.args) - 1):
        args = list(node.args)
        args[number : number + 2] = args[number + 1], args[number]
        yield Change("argument order", _with(node, args=args))
    if node.args and not isinstance(node.args[0], (ast.Starred, ast.GeneratorExp)):
        yield Change("dropped call", node.args[0])
    elif not node.args and isinstance(node.func, ast.Attribute):
        yield Change("dropped call", node.func.value)
    if isinstance(node.func, ast.Name) and node.func.id in _BOUNDS:
        for number, argument in enumerate(node.args):
            for other in _one_off(argument):
                args = [*node.args[:number], other, *node.args[number + 1 :]]
                yield Change("bounds", _with(node, args=args))


def _slice(node: Any) -> Iterator[Change]:
    for bound in ("lower", "upper"):
        value = getattr(node, bound)
        if value is not None:
            yield Change("bounds", _with(node, **{bound: None}))
            for other in _one_off(value):
                yield Change("bounds", _with(node, **{bound: other}))


def _one_off(node: ast.expr) -> Iterator[ast.expr]:
    """One more and one less; of a number only the latter, as `number_changes` has the former."""
    if not isinstance(node, ast.Constant):
        yield ast.BinOp(node, ast.Add(), ast.Constant(1))
    yield ast.BinOp(node, ast.Sub(), ast.Constant(1))


def _name(node: Any) -> Iterator[Change]:
    if node.id in _OTHER_FUNCTION:
        yield Change("other function", _with(node, id=_OTHER_FUNCTION[node.id]))


def _attribute(node: Any) -> Iterator[Change]:
    if node.attr in _OTHER_FUNCTION:
        yield Change("other function", _with(node, attr=_OTHER_FUNCTION[node.attr]))
    elif node.attr in ("T", "mT"):
        yield Change("transpose", node.value)


def _augmented(node: Any) -> Iterator[Change]:
    other = _ARITHMETIC.get(type(node.op))
    if other:
        yield Change("arithmetic", ast.AugAssign(node.target, other(), node.value))
    left = copy.deepcopy(node.target)
    left.ctx = ast.Load()
    whole = ast.BinOp(left, node.op, node.value)
    yield Change("in place or not", ast.Assign([node.target], whole, lineno=node.lineno))
    yield Change("assignment", ast.Assign([node.target], node.value, lineno=node.lineno))


def _assigned(node: Any) -> Iterator[Change]:
    """`x = x + y` becomes `x += y`."""
    target, value = node.targets[0], node.value
    if len(node.targets) == 1 and isinstance(value, ast.BinOp):
        if isinstance(target, ast.Name) and ast.unparse(target) == ast.unparse(value.left):
            yield Change("in place or not", ast.AugAssign(target, value.op, value.right))


def _deletion(node: Any) -> Iterator[Change]:
    yield Change("deleted statement", ast.Pass())


def _return(node: Any) -> Iterator[Change]:
    if node.value is not None and not _is_none(node.value):
        yield Change("returned nothing", ast.Return(ast.Constant(None)))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _jump(node: Any) -> Iterator[Change]:
    yield Change("jump", ast.Continue() if isinstance(node, ast.Break) else ast.Break())


def _with(node: Any, **fields: Any) -> Any:
    """The node with other fields; what is inside the others is shared."""
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


_Kind = type[ast.AST] | tuple[type[ast.AST], ...]
_BY_KIND: tuple[tuple[_Kind, Callable[[Any], Iterator[Change]]], ...] = (
    (ast.BinOp, _operation),
    (ast.Compare, _comparison),
    (ast.BoolOp, _boolean),
    (ast.UnaryOp, _unary),
    (ast.Call, _call),
    (ast.Slice, _slice),
    (ast.Name, _name),
    (ast.Attribute, _attribute),
    (ast.Constant, number_changes),
    (ast.AugAssign, _augmented),
    (ast.Assign, _assigned),
    (_DELETED, _deletion),
    (ast.Return, _return),
    ((ast.Break, ast.Continue), _jump),
)
