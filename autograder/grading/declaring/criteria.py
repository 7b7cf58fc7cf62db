"""What a check allows, read from its source: tolerances, bounds and budgets, each in a sentence.

`explanation` calls it. Nothing is run: names are replaced by what was assigned to them, or given to
the function that they are parameters of. What only the running check knows is told in words.
"""

import ast
import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from autograder.grading.expectations.tolerance import rounding
from autograder.model.assignment import Assignment
from autograder.model.errors import ConfigError, GraderError
from autograder.model.formula import evaluate
from autograder.model.syntax import parse
from autograder.model.units import show_quantity

Names = Mapping[str, ast.expr]  # a name, and the expression that it stands for

_UNKNOWN = "…"  # for a value in a text that only the running check knows
_TOLD = (ast.Constant, ast.JoinedStr)
_FACTORS = {  # of a tolerance
    "terms": "the number of terms",
    "condition": "the condition number",
    "size": "the size of the terms",
}


class Criteria(NamedTuple):
    """What decides a check, in one sentence each."""

    comparisons: tuple[str, ...]
    budgets: tuple[str, ...]


def criteria_of(path: Path, check_id: str, assignment: Assignment) -> Criteria:
    """The criteria of a check and of the functions that it uses, in their order.

    The functions are in its file or in the assignment's expectations.
    Raises GraderError for a check that is not in the file.
    """
    files = [file for file in (*assignment.expectations, path) if file.exists()]
    bodies = [parse(file.read_bytes(), str(file)).body for file in files]
    functions = {n.name: n for body in bodies for n in body if isinstance(n, ast.FunctionDef)}
    outside = {name: node for body in bodies for name, node in _assigned(body).items()}
    if check_id not in functions:
        raise GraderError(f"{path.name} has no check {check_id}")
    used = _used(check_id, functions, outside)
    calls = [call for function, given in used for call in _calls(function, outside, given)]
    # each sentence once, in order
    comparisons = dict.fromkeys(filter(None, map(_comparison, calls)))
    budgets = dict.fromkeys(filter(None, (_budget(call, assignment) for call in calls)))
    return Criteria(tuple(comparisons), tuple(budgets))


class CheckCall(NamedTuple):
    """A call in a check."""

    node: ast.Call
    arguments: list[ast.expr]
    given: Names  # its keyword arguments

    @property
    def function(self) -> str:
        """`expect.close`."""
        return ast.unparse(self.node.func)


def _used(
    first: str, functions: Mapping[str, ast.FunctionDef], outside: Names
) -> Iterator[tuple[ast.FunctionDef, Names]]:
    """The function, and all functions that it names, directly or not, with what they are given."""
    waiting: list[tuple[tuple[str, ...], Names]] = [((first,), {})]
    seen = set()
    while waiting:
        path, given = waiting.pop(0)
        function = functions[path[-1]]
        yield function, given
        calls = {id(call.node.func): call for call in _calls(function, outside, given)}
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
    return isinstance(value, (*_TOLD, ast.Call))


def _assigned(nodes: Iterable[ast.AST], before: int | None = None) -> dict[str, ast.expr]:
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


def _calls(function: ast.FunctionDef, outside: Names, given: Names) -> Iterator[CheckCall]:
    """The calls in a function; names stand for what was assigned to them before the call."""
    own = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and _is_set(n)}
    own |= {n.arg for n in ast.walk(function) if isinstance(n, ast.arg)}
    known = {name: value for name, value in outside.items() if name not in own} | dict(given)
    nodes = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset)):
        names = {**known, **_assigned(ast.walk(function), node.lineno)}
        arguments = [_resolved(argument, names) for argument in node.args]
        keywords = {k.arg: _resolved(k.value, names) for k in node.keywords if k.arg}
        yield CheckCall(node, arguments, keywords)


def _is_set(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def _comparison(call: CheckCall) -> str:
    """What a call of `expect` or `accounting` allows; empty for any other call."""
    given = call.given
    what = _what(given["what"]) if "what" in given else "the result"
    if call.function == "accounting.compare":
        unit = _text(given["unit"])
        sizes = _text_of("relative", given), _text_of("absolute", given)
        return f"a prediction in {unit}, beside what is measured: {_off(*sizes)}"
    if call.function == "expect.close":
        return f"{what}: {_tolerance(given)}"
    if call.function == "expect.equal":
        return f"{what}: exactly"
    if call.function == "expect.number" and given.keys() & {"low", "high"}:
        words = {"low": "at least", "high": "at most"}
        bounds = [f"{word} {_text(given[name])}" for name, word in words.items() if name in given]
        return f"{what}: {', '.join(bounds)}"
    return ""


def _tolerance(given: Names) -> str:
    """How far off a number may be, and why."""
    if "within" in given:
        return _rounding(given["within"])
    why = f" ({_text(given['why'])})" if "why" in given else ""
    return _off(_text_of("rtol", given), _text_of("atol", given)) + why


def _off(relative: str, absolute: str) -> str:
    parts = [f"{relative} of its size"] if relative not in ("", "0") else []
    parts += [absolute] if absolute not in ("", "0") else []
    return f"off by at most {' + '.join(parts)}" if parts else "exactly"


def _rounding(within: ast.expr) -> str:
    if not isinstance(within, ast.Call):
        return "off by rounding errors at most"
    given = {k.arg: k.value for k in within.keywords if k.arg}
    try:
        tolerance = rounding(**{name: ast.literal_eval(node) for name, node in given.items()})
    except (ValueError, TypeError, GraderError):  # computed by the check, or refused when it runs
        return _rounding_in_words(given)
    return f"{_off(f'{tolerance.relative:.2g}', f'{tolerance.absolute:.2g}')} ({tolerance.why})"


def _rounding_in_words(given: Names) -> str:
    """The product that `rounding` computes; factors that are not known before it runs by name."""
    dtype = _value(given["dtype"]) if "dtype" in given else "float64"
    try:
        product, kept = rounding(terms=1, dtype=dtype).relative, [dtype]
    except (TypeError, GraderError):  # not known before it runs
        product, kept = 1.0, []
    named = []
    for name, words in _FACTORS.items():
        value = _value(given[name]) if name in given else 1
        if isinstance(value, (int, float)):
            product *= value
        else:
            named.append(words)
    number = f"{product:.2g}" if kept else f"{product:g} x the precision of its dtype"
    relative = " of its size" if kept and "size" not in given else ""
    times = f", times {' and '.join(named)}" if named else ""
    why = ": ".join([*kept, *([_text(given["why"])] if "why" in given else [])])
    return f"off by at most {number}{relative}{times}" + (f" ({why})" if why else "")


def _budget(call: CheckCall, assignment: Assignment) -> str:
    """What a call of `budgets` allows; empty for any other call."""
    owner, _, method = call.function.partition(".")
    name = _value(call.arguments[0]) if owner == "budgets" and call.arguments else None
    if not isinstance(name, str):
        return ""
    budget = assignment.budgets.get(name)
    if budget is None:  # the check is broken, and says so when it runs
        return f"{name}: not in assignment.toml"
    sizes = _value(call.given["sizes"]) if "sizes" in call.given else None
    formula = budget.memory or budget.operations
    if method == "growth" and isinstance(sizes, (tuple, list)):
        over = ", ".join(map(str, sizes))
        return f"{name}, {budget.kind}: {budget.counted_in} at most {formula}, over sizes {over}"
    clause = f"{name}, {budget.kind}: at most {budget.in_words()}"
    if not isinstance(sizes, dict) or formula is None or formula.isdecimal():
        return clause
    given = ", ".join(f"{size} = {value}" for size, value in sizes.items())
    try:
        most = show_quantity(evaluate(formula, sizes), budget.counted_in)
    except ConfigError:  # a size that only the running check knows
        return f"{clause}, for {given}"
    return f"{clause}; for {given} that is {most}"


def _resolved(node: ast.expr, names: Names) -> ast.expr:
    """What a name stands for, where it was given a value; within it, constants and texts too."""
    if isinstance(node, ast.Name):
        node = names.get(node.id, node)
    told = {name: value for name, value in names.items() if isinstance(value, _TOLD)}
    inserted: ast.expr = _Inserted(told).visit(copy.deepcopy(node))
    return inserted


class _Inserted(ast.NodeTransformer):
    """Replaces names by what they stand for."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.names.get(node.id, node)


def _what(node: ast.expr) -> str:
    """What is compared: a text, one of two, or a pattern that the check fills in."""
    if isinstance(node, ast.IfExp):
        return f"{_what(node.body)} or {_what(node.orelse)}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return re.sub(r"\{\w*\}", _UNKNOWN, _what(node.func.value))  # "…".format(i)
    return _text(node) if isinstance(node, _TOLD) else "the result"


def _value(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _text_of(name: str, given: Names) -> str:
    """A keyword argument as text; empty where it is not given."""
    return _text(given[name]) if name in given else ""


def _text(node: ast.expr) -> str:
    """A text without its quotes, a number or an expression as it is written."""
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_part, node.values))
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Constant) and isinstance(node.value, float):
        return f"{node.value:g}"
    return ast.unparse(node)


def _part(node: ast.expr) -> str:
    """A part of a text with values in it."""
    value = node.value if isinstance(node, ast.FormattedValue) else node
    return _text(value) if isinstance(value, _TOLD) else _UNKNOWN
