"""Bytes above the inputs during one call, at their peak."""

from collections.abc import Mapping
from typing import Any

from autograder.grading.budget_verdict import budget_of, hold
from autograder.grading.check_run import CheckRun
from autograder.grading.counting import Inputs, count_call
from autograder.grading.student import RemoteFunction
from autograder.model.assignment import Assignment
from autograder.model.formula import evaluate
from autograder.model.outcome import Measurement

OBSERVER = "autograder.budgets.allocations"


def hold_memory(
    assignment: Assignment,
    run: CheckRun,
    name: str,
    function: RemoteFunction,
    inputs: Inputs,
    sizes: Mapping[str, float],
) -> Any:
    """Count the bytes of one call; gives its value."""
    budget = budget_of(assignment, name, "memory")
    value, counts = count_call(run, function, inputs, OBSERVER)
    measurement = Measurement(
        name=name,
        kind="memory",
        value=counts.get("bytes", 0.0),
        budget=evaluate(budget.memory or "", sizes),
        unit=budget.counted_in,
        detail=f"budget: {budget.memory}",
    )
    hold(run, measurement)
    return value
