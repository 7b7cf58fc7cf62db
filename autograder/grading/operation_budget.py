"""Operations of one call, and how a count grows with a size."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograder.budgets.growth import growth_exponent
from autograder.grading import memory_budget
from autograder.grading.budget_verdict import budget_of, hold
from autograder.grading.check_run import CheckRun
from autograder.grading.counting import Inputs, count_call
from autograder.grading.seeds import generator
from autograder.grading.student import RemoteFunction
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError
from autograder.model.formula import evaluate
from autograder.model.outcome import Measurement

_COUNTERS = {
    "memory": (memory_budget.OBSERVER, "bytes"),
    "operations": ("autograder.budgets.steps", "steps"),
}


def hold_operations(
    assignment: Assignment,
    run: CheckRun,
    name: str,
    function: RemoteFunction,
    inputs: Inputs,
    sizes: Mapping[str, float],
) -> Any:
    """Count the interpreter steps of one call; gives its value."""
    budget = budget_of(assignment, name, "operations")
    observer, counter = _COUNTERS["operations"]
    value, counts = count_call(run, function, inputs, observer)
    measurement = Measurement(
        name=name,
        kind="operations",
        value=counts.get(counter, 0.0),
        budget=evaluate(budget.operations or "", sizes),
        unit=budget.counted_in,
        detail=f"budget: {budget.operations}",
    )
    hold(run, measurement)
    return value


def hold_growth(
    assignment: Assignment,
    run: CheckRun,
    name: str,
    function: RemoteFunction,
    inputs: Callable[[int, Any], tuple[Any, ...]],
    sizes: Sequence[int],
) -> None:
    """Hold the exponent with which a count grows over `sizes` against its budget."""
    budget = assignment.budget(name)
    if budget.kind not in _COUNTERS:
        raise GraderError(f"budget {name!r} is one of {budget.kind}: its growth is not counted")
    observer, counter = _COUNTERS[budget.kind]
    counts = []
    for size in sizes:
        _, counted = run.call(function, inputs(size, generator(run.seed)), {}, observer)
        counts.append(counted.get(counter, 0.0))
    exponent = growth_exponent(sizes, counts)
    shown = ", ".join(f"{size}: {count:.0f}" for size, count in zip(sizes, counts, strict=True))
    allowed = evaluate(budget.memory or budget.operations or "", {})
    measurement = Measurement(
        name=name,
        kind=budget.kind,
        value=round(exponent, 3),
        budget=allowed,
        unit=budget.counted_in,
        detail=f"{counter} by size: {shown}",
    )
    hold(run, measurement, f"{counter} grow like n^{exponent:.2f}; the budget is n^{allowed:g}")
