"""What a check allows, read from its source: tolerances, bounds and budgets, each in a sentence.

`explanation` calls it. Nothing is run: what only the running check knows is shown as it is written.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from autograder.grading.expectations.tolerance import rounding
from autograder.model.assignment import Assignment, Budget
from autograder.model.errors import ConfigError, GraderError
from autograder.model.formula import evaluate
from autograder.model.syntax import parse
from autograder.model.units import show_quantity

Names = Mapping[str, ast.expr]  # a name, and the expression that it stands for

_UNKNOWN = "…"  # for a value in a text that only the running check knows


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
    used = [*_used(check_id, functions)]
    calls = [call for function in used for call in _calls(function, outside)]
    # each sentence once, in order
    comparisons = dict.fromkeys(filter(None, map(_comparison, calls)))
    budgets = dict.fromkeys(filter(None, (_budget(call, assignment) for call in calls)))
    judged = {text.partition(",")[0] for text in budgets}
    looped = [name for name in _texts(used, outside) if name in assignment.budgets]
    budgets |= {_at_most(n, assignment.budgets[n]): None for n in looped if n not in judged}
    return Criteria(tuple(comparisons), tuple(budgets))


class CheckCall(NamedTuple):
    """A call in a check."""

    function: str  # "expect.close"
    arguments: list[ast.expr]
    given: Names  # its keyword arguments


def _used(first: str, functions: Mapping[str, ast.FunctionDef]) -> Iterator[ast.FunctionDef]:
    """The function, and all functions that it names, directly or not."""
    waiting, seen = [first], {first}
    while waiting:
        function = functions[waiting.pop(0)]
        yield function
        named = [n.id for n in ast.walk(function) if isinstance(n, ast.Name)]
        new = [name for name in dict.fromkeys(named) if name in functions and name not in seen]
        seen.update(new)
        waiting += new


def _assigned(nodes: Iterable[ast.AST], before: int | None = None) -> dict[str, ast.expr]:
    """The last value assigned to each name, in the lines up to and including `before`."""
    assigns = [node for node in nodes if isinstance(node, ast.Assign)]
    return {
        target.id: node.value
        for node in sorted(assigns, key=lambda node: node.lineno)
        for target in node.targets
        if isinstance(target, ast.Name) and (before is None or node.lineno <= before)
    }


def _calls(function: ast.FunctionDef, outside: Names) -> Iterator[CheckCall]:
    """The calls in a function; names stand for what was assigned to them before the call."""
    nodes = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset)):
        names = {**outside, **_assigned(ast.walk(function), node.lineno)}
        arguments = [_resolved(argument, names) for argument in node.args]
        given = {k.arg: _resolved(k.value, names) for k in node.keywords if k.arg}
        yield CheckCall(ast.unparse(node.func), arguments, given)


def _comparison(call: CheckCall) -> str:
    """What a call of `expect` or `accounting` allows; empty for any other call."""
    given = call.given
    what = _text_of("what", given) or "the result"
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
        return f"off by at most {ast.unparse(within)}"
    given = {k.arg: k.value for k in within.keywords if k.arg}
    try:
        tolerance = rounding(**{name: ast.literal_eval(node) for name, node in given.items()})
    except (ValueError, TypeError, GraderError):  # computed by the check, or refused when it runs
        return _rounding_in_words(given)
    return f"{_off(f'{tolerance.relative:.2g}', f'{tolerance.absolute:.2g}')} ({tolerance.why})"


def _rounding_in_words(given: Names) -> str:
    """The product that `rounding` computes, with the factors as they are written."""
    dtype = _value(given["dtype"]) if "dtype" in given else "float64"
    try:
        unit = f"{rounding(terms=1, dtype=dtype).relative:.2g}"
    except (TypeError, GraderError):  # not known before it runs
        unit, dtype = "the precision", _text(given["dtype"])
    factors = [_factor(given[name]) for name in ("terms", "condition", "size") if name in given]
    product = " x ".join([unit, *(factor for factor in factors if factor != "1")])
    relative = "" if "size" in given else " of its size"
    why = f"{dtype}: {_text(given['why'])}" if "why" in given else dtype
    return f"off by at most {product}{relative} ({why})"


def _factor(node: ast.expr) -> str:
    return f"({_text(node)})" if isinstance(node, ast.BinOp) else _text(node)


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
    clause = _at_most(name, budget)
    if not isinstance(sizes, dict) or formula is None or formula.isdecimal():
        return clause
    given = ", ".join(f"{size} = {value}" for size, value in sizes.items())
    try:
        most = show_quantity(evaluate(formula, sizes), budget.counted_in)
    except ConfigError:  # a size that only the running check knows
        return f"{clause}, for {given}"
    return f"{clause}; for {given} that is {most}"


def _at_most(name: str, budget: Budget) -> str:
    return f"{name}, {budget.kind}: at most {budget.in_words()}"


def _texts(functions: Iterable[ast.FunctionDef], outside: Names) -> Iterator[str]:
    """The texts in functions, and in what they name: a loop may go over the names of budgets."""
    nodes = [node for function in functions for node in ast.walk(function)]
    named = outside.keys() & {node.id for node in nodes if isinstance(node, ast.Name)}
    inner = (node for name in sorted(named) for node in ast.walk(outside[name]))
    for node in (*nodes, *inner):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _resolved(node: ast.expr, names: Names) -> ast.expr:
    """What a name stands for, where it was given a value."""
    return names.get(node.id, node) if isinstance(node, ast.Name) else node


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
        return "".join(_text(p) if isinstance(p, ast.Constant) else _UNKNOWN for p in node.values)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Constant) and isinstance(node.value, float):
        return f"{node.value:g}"
    return ast.unparse(node)
