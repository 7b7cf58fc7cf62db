"""Budgets of operations: interpreter steps, FLOPs, saved bytes, or what the check counts.

For the fixture `budgets`.
"""

from collections.abc import Mapping
from typing import Any

from autograder.grading.budgets.judging import budget_of, counted_measurement, require_within
from autograder.grading.budgets.measured_call import Expected, MeasuredCall, Verification, Verify
from autograder.grading.budgets.sign_test import MOST
from autograder.grading.budgets.time import LOOP, require_witness
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.counters import (
    SAVED_BYTES,
    STEPS,
    TORCH_FLOPS,
    Counter,
    budgeted_count,
)
from autograder.grading.expectations import expect
from autograder.model.assignment import Assignment, Budget
from autograder.model.errors import GraderError
from autograder.model.toml import nearest

_COUNTERS = {counter.unit: counter for counter in (STEPS, TORCH_FLOPS, SAVED_BYTES)}


def measure_operations(
    assignment: Assignment,
    name: str,
    call: MeasuredCall,
    sizes: Mapping[str, float],
    verify: Verify | None,
    expected: Expected | None,
) -> None:
    """Count in one call what the budget's unit names."""
    budget = budget_of(assignment, name, "operations")
    counter = _counter(name, budget)
    if budget.witness and verify is None:
        raise GraderError(f"budget {name!r} has a witness: give verify, for what is timed")
    call.warm_up()
    verification = Verification.of(call, verify, expected, MOST + 1 if budget.witness else 1)
    _, counts = verification.observed(call, counter.observer)
    counted = counted_measurement(name, budget, budgeted_count(counter, counts), sizes)
    require_within(call.run, counted, explain=lambda: (LOOP,) if counter is STEPS else ())
    if budget.witness:
        require_witness(assignment, call, verification, budget.witness, name)


def compare_counted(
    assignment: Assignment, run: CheckRun, name: str, value: Any, sizes: Mapping[str, float]
) -> None:
    """Compare a number that the check has counted with its budget."""
    budget = budget_of(assignment, name, "operations")
    if not budget.unit or budget.witness:
        raise GraderError(f"budget {name!r} of a counted number has a unit, and no witness")
    count = expect.number(value, low=0, what=f"the number of {budget.unit}")
    require_within(run, counted_measurement(name, budget, count, sizes))


def _counter(name: str, budget: Budget) -> Counter:
    if budget.counted_in not in _COUNTERS:
        near = nearest(budget.counted_in, list(_COUNTERS))
        raise GraderError(f"budget {name!r}: no observer counts {budget.counted_in!r}; {near}")
    return _COUNTERS[budget.counted_in]
