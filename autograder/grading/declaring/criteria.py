"""What a check allows, read from its source: tolerances, bounds and budgets, each in a sentence.

`explanation` calls it. Nothing is run: names are replaced by what was assigned to them, or given to
the function that they are parameters of. What only the running check knows is told in words.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from autograder.grading.declaring.check_calls import (
    TOLD,
    CheckCall,
    Names,
    assigned,
    calls_in,
    functions_used,
)
from autograder.grading.expectations.tolerance import rounding
from autograder.model.assignment import Assignment, Budget
from autograder.model.errors import ConfigError, GraderError
from autograder.model.formula import evaluate
from autograder.model.syntax import parse
from autograder.model.units import show_quantity

_UNKNOWN = "…"  # for a value in a text that only the running check knows
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
    outside = {name: node for body in bodies for name, node in assigned(body).items()}
    if check_id not in functions:
        raise GraderError(f"{path.name} has no check {check_id}")
    used = [*functions_used(check_id, functions, outside)]
    calls = [call for function, given in used for call in calls_in(function, outside, given)]
    # each sentence once, in order
    comparisons = dict.fromkeys(filter(None, map(_comparison, calls)))
    budgets = dict.fromkeys(filter(None, (_budget(call, assignment) for call in calls)))
    judged = {text.partition(",")[0] for text in budgets}
    looped = [name for name in _texts((f for f, _ in used), outside) if name in assignment.budgets]
    budgets |= {_at_most(n, assignment.budgets[n]): None for n in looped if n not in judged}
    return Criteria(tuple(comparisons), tuple(budgets))


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


def _what(node: ast.expr) -> str:
    """What is compared: a text, one of two, or a pattern that the check fills in."""
    if isinstance(node, ast.IfExp):
        return f"{_what(node.body)} or {_what(node.orelse)}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return re.sub(r"\{\w*\}", _UNKNOWN, _what(node.func.value))  # "…".format(i)
    return _text(node) if isinstance(node, TOLD) else "the result"


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
    return _text(value) if isinstance(value, TOLD) else _UNKNOWN
