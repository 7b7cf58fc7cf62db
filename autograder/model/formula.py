"""The formulas of budgets: arithmetic with named sizes, such as `3*B*c*8 + 64*KiB`."""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from typing import NamedTuple

from autograder.model.errors import ConfigError
from autograder.model.syntax import parse
from autograder.model.units import BYTE_UNITS

_BINARY: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Pow: operator.pow,
}
_FUNCTIONS: dict[str, Callable[..., float]] = {
    "sqrt": math.sqrt,
    "log2": math.log2,
    "ceil": math.ceil,
    "min": min,
    "max": max,
}


def evaluate(formula: str, sizes: Mapping[str, float]) -> float:
    """The value of `formula` for these sizes; byte units are known names.

    Raises ConfigError for an unknown name or anything that is not arithmetic.
    """
    try:
        tree = parse(formula, mode="eval")
    except SyntaxError:
        raise ConfigError(f"{formula!r} is not a formula") from None
    # no "B": as a size it is a minibatch, and one that is not given must not count as 1 byte
    units = {name: size for name, size in BYTE_UNITS.items() if name != "B"}
    try:
        return float(_value(tree.body, {**units, **sizes}, formula))
    except (ArithmeticError, TypeError, ValueError) as error:
        raise ConfigError(f"formula {formula!r} cannot be computed: {error}") from None


class ArrayTerm(NamedTuple):
    """A term of a formula that is a number of arrays: `6*B*c*8` is 6 arrays of `B*c*8` bytes."""

    number: float
    size: float  # bytes of one
    text: str  # "B*c*8"


def largest_arrays(formula: str, sizes: Mapping[str, float]) -> ArrayTerm | None:
    """The term with the most bytes, where it begins with a number and ends with the size of an
    entry, 8 or 4; else None."""
    terms = _operands(parse(formula, mode="eval").body, ast.Add)
    largest = max(terms, key=lambda term: evaluate(ast.unparse(term), sizes))
    number, *factors = _operands(largest, ast.Mult)
    entry = factors[-1] if factors else None
    if isinstance(number, ast.Name) or not isinstance(entry, ast.Constant) or len(factors) < 2:
        return None
    if entry.value not in (4, 8):
        return None
    text = "*".join(map(ast.unparse, factors))
    return ArrayTerm(evaluate(ast.unparse(number), sizes), evaluate(text, sizes), text)


def _operands(node: ast.expr, kind: type[ast.operator]) -> list[ast.expr]:
    """Of all operators of that kind at the top: `a*b*c` has three."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, kind):
        return [*_operands(node.left, kind), *_operands(node.right, kind)]
    return [node]


def _value(node: ast.expr, names: Mapping[str, float], formula: str) -> float:
    if isinstance(node, ast.Constant) and not isinstance(node.value, bool):
        if isinstance(node.value, (int, float)):
            return node.value
    if isinstance(node, ast.Name):
        if node.id not in names:
            known = ", ".join(sorted(set(names) - (set(BYTE_UNITS) - {"B"}))) or "none"
            raise ConfigError(f"formula {formula!r}: unknown size {node.id!r}; given: {known}")
        return names[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, names, formula)
    if isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
        left, right = _value(node.left, names, formula), _value(node.right, names, formula)
        return _BINARY[type(node.op)](left, right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        function = _FUNCTIONS.get(node.func.id)
        if function:
            return function(*(_value(argument, names, formula) for argument in node.args))
    raise ConfigError(f"formula {formula!r}: only numbers, sizes, + - * / ** and {set(_FUNCTIONS)}")
