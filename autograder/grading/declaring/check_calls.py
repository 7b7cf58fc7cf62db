"""The calls in a check and in the functions that it uses, as they are written.

Names stand for what was assigned to them, or for what a call gives to a parameter. `criteria.py`
reads in the calls what a check allows.
"""

import ast
import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

Names = Mapping[str, ast.expr]  # a name, and the expression that it stands for
TOLD = (ast.Constant, ast.JoinedStr)  # what says the same outside of its function


class CheckCall(NamedTuple):
    """A call in a check."""

    node: ast.Call
    arguments: list[ast.expr]
    given: Names  # its keyword arguments

    @property
    def function(self) -> str:
        """`expect.close`."""
        return ast.unparse(self.node.func)


def functions_used(
    first: str, functions: Mapping[str, ast.FunctionDef], outside: Names
) -> Iterator[tuple[ast.FunctionDef, Names]]:
    """The function, and all functions that it names, directly or not, with what they are given."""
    waiting: list[tuple[tuple[str, ...], Names]] = [((first,), {})]
    seen = set()
    while waiting:
        path, given = waiting.pop(0)
        function = functions[path[-1]]
        yield function, given
        calls = {id(call.node.func): call for call in calls_in(function, outside, given)}
        for node in ast.walk(function):
            # a function that calls itself, by others or not, is not followed again
            if isinstance(node, ast.Name) and node.id in functions and node.id not in path:
                call = calls.get(id(node))
                bound = _bound(functions[node.id], call) if call else {}
                known = node.id, *(f"{name}={ast.dump(value)}" for name, value in bound.items())
                if known not in seen:
                    seen.add(known)
                    waiting.append(((*path, node.id), bound))


def _bound(function: ast.FunctionDef, call: CheckCall) -> dict[str, ast.expr]:
    """What a call gives to the parameters of a function, as far as that can be read."""
    parameters = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    defaults = function.args.defaults
    bound = dict(zip(parameters[len(parameters) - len(defaults) :], defaults, strict=True))
    if not any(isinstance(argument, ast.Starred) for argument in call.arguments):
        bound |= dict(zip(parameters, call.arguments, strict=False))
    return {name: value for name, value in (bound | dict(call.given)).items() if _is_told(value)}


def _is_told(value: ast.expr) -> bool:
    """Whether a value says something outside of the function in which it is written."""
    return isinstance(value, (*TOLD, ast.Call))


def assigned(nodes: Iterable[ast.AST], before: int | None = None) -> dict[str, ast.expr]:
    """The last value assigned to each name, in the lines up to and including `before`."""
    assigns = [node for node in nodes if isinstance(node, ast.Assign)]
    return {
        name.id: value
        for node in sorted(assigns, key=lambda node: node.lineno)
        for target in node.targets
        for name, value in _pairs(target, node.value)
        if isinstance(name, ast.Name) and (before is None or node.lineno <= before)
    }


def _pairs(target: ast.expr, value: ast.expr) -> Iterable[tuple[ast.expr, ast.expr]]:
    """Names and values of `a = x`, and of `a, b = x, y`."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return zip(target.elts, value.elts, strict=False)
    return [(target, value)]


def calls_in(function: ast.FunctionDef, outside: Names, given: Names) -> Iterator[CheckCall]:
    """The calls in a function; names stand for what was assigned to them before the call."""
    own = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and _is_set(n)}
    own |= {n.arg for n in ast.walk(function) if isinstance(n, ast.arg)}
    known = {name: value for name, value in outside.items() if name not in own} | dict(given)
    nodes = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset)):
        names = {**known, **assigned(ast.walk(function), node.lineno)}
        arguments = [_resolved(argument, names) for argument in node.args]
        keywords = {k.arg: _resolved(k.value, names) for k in node.keywords if k.arg}
        yield CheckCall(node, arguments, keywords)


def _is_set(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def _resolved(node: ast.expr, names: Names) -> ast.expr:
    """What a name stands for, where it was given a value; within it, constants and texts too."""
    if isinstance(node, ast.Name):
        node = names.get(node.id, node)
    told = {name: value for name, value in names.items() if isinstance(value, TOLD)}
    inserted: ast.expr = _Inserted(told).visit(copy.deepcopy(node))
    return inserted


class _Inserted(ast.NodeTransformer):
    """Replaces names by what they stand for."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.names.get(node.id, node)
