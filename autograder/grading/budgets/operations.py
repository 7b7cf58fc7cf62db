"""Operations of one call: interpreter steps, FLOPs, saved bytes, or what the check counts."""

from collections.abc import Mapping
from typing import Any

from autograder.grading.budgets.clock_witness import hold_witness
from autograder.grading.budgets.counting import Inputs, count_call
from autograder.grading.budgets.timed_pairs import Expected, Verify, judge_of
from autograder.grading.budgets.verdict import budget_of, hold
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.seeds import generator
from autograder.grading.context.student import RemoteFunction
from autograder.grading.expectations import expect
from autograder.model.assignment import Assignment, Budget
from autograder.model.errors import GraderError
from autograder.model.formula import evaluate
from autograder.model.outcome import Measurement, Message
from autograder.model.toml import nearest
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault

STEPS = "autograder.worker.observers.steps"
_COUNTERS = {  # unit: observer, and which of its counts
    "interpreter steps": (STEPS, "steps"),
    "FLOPs": ("autograder.worker.observers.torch_flops", "flops"),
    "saved bytes": ("autograder.worker.observers.saved_bytes", "bytes"),
}


def hold_operations(
    assignment: Assignment,
    run: CheckRun,
    name: str,
    function: RemoteFunction,
    inputs: Inputs,
    sizes: Mapping[str, float],
    verify: Verify | None,
    expected: Expected | None,
) -> Any:
    """Count in one call what the budget's unit names; gives its value."""
    budget = budget_of(assignment, name, "operations")
    observer, counter = _counter(name, budget)
    if budget.witness and verify is None:
        raise GraderError(f"budget {name!r} has a witness: give verify, for what is timed")
    value, counts = count_call(run, function, inputs, observer)
    measurement = _measurement(name, budget, seen(counts, counter), sizes)
    hold(run, measurement)
    if verify is not None:
        judge = judge_of(run, inputs, verify, expected)
        judge(0, inputs(generator(run.seed)), value)
        if budget.witness:
            witness = budget.witness
            hold_witness(assignment, run, function, inputs, judge, witness, measurement)
    return value


def hold_counted(
    assignment: Assignment, run: CheckRun, name: str, value: Any, sizes: Mapping[str, float]
) -> None:
    """Hold a number that the check has got by counting."""
    budget = budget_of(assignment, name, "operations")
    if not budget.unit or budget.witness:
        raise GraderError(f"budget {name!r} of a counted number has a unit, and no witness")
    count = expect.number(value, low=0, what=f"the number of {budget.unit}")
    hold(run, _measurement(name, budget, count, sizes))


def seen(counts: Mapping[str, float], counter: str) -> float:
    """The count of that name, as the worker reports it.

    Raises StudentFault when the submission has switched the counting off.
    """
    if counts.get("switched_off") or counts.get(counter, -1.0) < 0:
        what = f"the counting of {counter} was switched off during the call"
        hint = "remove debuggers and profilers: sys.settrace, sys.monitoring"
        raise StudentFault(Verdict.OVER_OPERATION_BUDGET, Message(what, hint=hint))
    return counts[counter]


def _counter(name: str, budget: Budget) -> tuple[str, str]:
    if budget.counted_in not in _COUNTERS:
        near = nearest(budget.counted_in, list(_COUNTERS))
        raise GraderError(f"budget {name!r}: no observer counts {budget.counted_in!r}; {near}")
    return _COUNTERS[budget.counted_in]


def _measurement(
    name: str, budget: Budget, count: float, sizes: Mapping[str, float]
) -> Measurement:
    return Measurement(
        name=name,
        kind="operations",
        value=count,
        budget=evaluate(budget.operations or "", sizes),
        unit=budget.counted_in,
        detail=f"budget: {budget.operations}",
    )
