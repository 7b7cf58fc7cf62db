"""What a check allows, read from its source: tolerances, bounds and budgets, each in a sentence.

Nothing is run. What only the running check knows is shown as it is written there.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from autograder.grading.expectations.tolerance import rounding
from autograder.model.assignment import EXPECTATIONS, Assignment
from autograder.model.errors import ConfigError, GraderError
from autograder.model.formula import evaluate
from autograder.model.syntax import parse
from autograder.model.units import show_quantity

Names = Mapping[str, ast.expr]  # what is assigned to names in a function

_UNKNOWN = "…"  # for a value in a text that only the running check knows


class Criteria(NamedTuple):
    """What decides a check, a sentence each."""

    comparisons: tuple[str, ...]
    budgets: tuple[str, ...]


def criteria_of(path: Path, check_id: str, assignment: Assignment) -> Criteria:
    """The criteria of a check and of the functions that it uses, in their order.

    These stand in its file or in the assignment's expectations.py.
    Raises GraderError for a check that is not in the file.
    """
    shared = assignment.folder / EXPECTATIONS
    files = [file for file in (shared, path) if file.exists()]
    bodies = [parse(file.read_bytes(), str(file)).body for file in files]
    functions = {n.name: n for body in bodies for n in body if isinstance(n, ast.FunctionDef)}
    outside = {name: node for body in bodies for name, node in _assigned(body).items()}
    if check_id not in functions:
        raise GraderError(f"{path.name} has no check {check_id}")
    found = Criteria((), ())
    for function in _used(check_id, functions):
        calls = [
            Call(*_method(call), call, {**outside, **_assigned(ast.walk(function), call.lineno)})
            for call in _calls(function)
        ]
        found = Criteria(
            (*found.comparisons, *_comparisons(calls)),
            (*found.budgets, *_budgets(calls, assignment)),
        )
    return Criteria(*(tuple(dict.fromkeys(texts)) for texts in found))


class Call(NamedTuple):
    """A call in a check."""

    owner: str  # "expect" in expect.close(...)
    method: str  # "close"
    node: ast.Call
    names: Names  # what they stand for there

    def given(self) -> Names:
        """Its keyword arguments."""
        pairs = ((keyword.arg, keyword.value) for keyword in self.node.keywords)
        return {name: _resolved(value, self.names) for name, value in pairs if name}


def _used(first: str, functions: Mapping[str, ast.FunctionDef]) -> Iterator[ast.FunctionDef]:
    """The function and, directly or not, those it names."""
    waiting, seen = [first], {first}
    while waiting:
        function = functions[waiting.pop(0)]
        yield function
        named = [n.id for n in ast.walk(function) if isinstance(n, ast.Name)]
        new = [name for name in dict.fromkeys(named) if name in functions and name not in seen]
        seen.update(new)
        waiting += new


def _assigned(nodes: Iterable[ast.AST], before: int | None = None) -> dict[str, ast.expr]:
    """What was assigned last, in the lines down to `before`."""
    assigns = [node for node in nodes if isinstance(node, ast.Assign)]
    return {
        target.id: node.value
        for node in sorted(assigns, key=lambda node: node.lineno)
        for target in node.targets
        if isinstance(target, ast.Name) and (before is None or node.lineno <= before)
    }


def _calls(function: ast.FunctionDef) -> list[ast.Call]:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return sorted(calls, key=lambda call: (call.lineno, call.col_offset))


def _method(call: ast.Call) -> tuple[str, str]:
    function = call.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return function.value.id, function.attr
    return "", ""


def _comparisons(calls: Iterable[Call]) -> Iterator[str]:
    for call in calls:
        given = call.given()
        if (call.owner, call.method) == ("accounting", "compare"):
            sizes = [_text(given[n]) if n in given else "" for n in ("relative", "absolute")]
            yield f"a prediction in {_text(given['unit'])}, beside what is measured: {_off(*sizes)}"
        if call.owner != "expect":
            continue
        what = _text(given["what"]) if "what" in given else "the result"
        if call.method == "close":
            yield f"{what}: {_tolerance(given)}"
        elif call.method == "equal":
            yield f"{what}: exactly"
        elif call.method == "number" and given.keys() & {"low", "high"}:
            words = {"low": "at least", "high": "at most"}
            bounds = [f"{word} {_text(given[n])}" for n, word in words.items() if n in given]
            yield f"{what}: {', '.join(bounds)}"


def _tolerance(given: Names) -> str:
    """How far off, and why that much."""
    within = given.get("within")
    if within is not None:
        return _rounding(within)
    sizes = {name: _text(given[name]) for name in ("rtol", "atol") if name in given}
    sizes = {name: size for name, size in sizes.items() if size != "0"}
    why = f" ({_text(given['why'])})" if "why" in given else ""
    return f"{_off(sizes.get('rtol', ''), sizes.get('atol', ''))}{why}"


def _off(relative: str, absolute: str) -> str:
    parts = [f"{relative} of its size"] if relative else []
    parts += [absolute] if absolute else []
    return f"off by at most {' + '.join(parts)}" if parts else "exactly"


def _rounding(within: ast.expr) -> str:
    if not isinstance(within, ast.Call):
        return f"off by at most {ast.unparse(within)}"
    given = {k.arg: k.value for k in within.keywords if k.arg}
    try:
        tolerance = rounding(**{name: ast.literal_eval(node) for name, node in given.items()})
    except (ValueError, TypeError, GraderError):  # computed by the check, or refused when it runs
        return _rounding_in_words(given)
    absolute = f"{tolerance.absolute:.2g}" if tolerance.absolute else ""
    relative = f"{tolerance.relative:.2g}" if tolerance.relative else ""
    return f"{_off(relative, absolute)} ({tolerance.why})"


def _rounding_in_words(given: Names) -> str:
    """The product that `rounding` computes, with the factors as they are written."""
    dtype = _value(given["dtype"]) if "dtype" in given else "float64"
    try:
        unit = f"{rounding(terms=1, dtype=dtype).relative:.2g}"
    except (TypeError, GraderError):  # not known before it runs
        unit, dtype = "the precision", _text(given["dtype"])
    factors = [_factor(given[name]) for name in ("terms", "condition", "size") if name in given]
    factors = [factor for factor in factors if factor != "1"]
    relative = "" if "size" in given else " of its size"
    why = f"{dtype}: {_text(given['why'])}" if "why" in given else dtype
    return f"off by at most {' x '.join([unit, *factors])}{relative} ({why})"


def _factor(node: ast.expr) -> str:
    return f"({_text(node)})" if isinstance(node, ast.BinOp) else _text(node)


def _budgets(calls: Iterable[Call], assignment: Assignment) -> Iterator[str]:
    for call in calls:
        if call.owner == "budgets" and call.node.args:
            name, sizes = (
                _value(_resolved(call.node.args[0], call.names)),
                call.given().get("sizes"),
            )
            if isinstance(name, str):
                yield _budget(name, call.method, _value(sizes) if sizes else None, assignment)


def _budget(name: str, method: str, sizes: Any, assignment: Assignment) -> str:
    budget = assignment.budgets.get(name)
    if budget is None:  # the check is broken, and says so when it runs
        return f"{name}: not in assignment.toml"
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
    """What a name stands for, where it was given a value."""
    return names.get(node.id, node) if isinstance(node, ast.Name) else node


def _value(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _text(node: ast.expr) -> str:
    """A text without its quotes, a number or an expression as it is written."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(p) if isinstance(p, ast.Constant) else _UNKNOWN for p in node.values)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Constant) and isinstance(node.value, float):
        return f"{node.value:g}"
    return ast.unparse(node)
