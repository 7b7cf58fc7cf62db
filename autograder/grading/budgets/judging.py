"""Compare a measured quantity with its budget. Called by every kind of budget."""

from collections.abc import Callable, Mapping

from autograder.grading.budgets.sign_test import Zone
from autograder.grading.budgets.timing import Timing
from autograder.grading.context.check_run import CheckRun
from autograder.model.assignment import Assignment, Budget
from autograder.model.errors import GraderError
from autograder.model.formula import evaluate
from autograder.model.outcome import Measurement, Message
from autograder.model.units import show_quantity
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault

_OVER = {
    "memory": Verdict.OVER_MEMORY_BUDGET,
    "operations": Verdict.OVER_OPERATION_BUDGET,
    "time": Verdict.OVER_TIME_BUDGET,
    "speedup": Verdict.OVER_TIME_BUDGET,
}


def budget_of(assignment: Assignment, name: str, kind: str) -> Budget:
    """The budget `name`. Raises GraderError when it is not one of `kind`."""
    budget = assignment.budget(name)
    if budget.kind != kind:
        raise GraderError(f"budget {name!r} is one of {budget.kind}, not of {kind}")
    return budget


def counted_measurement(
    name: str, budget: Budget, count: float, sizes: Mapping[str, float], detail: str = ""
) -> Measurement:
    """A count beside what the budget's formula allows for these sizes.

    Raises ConfigError for a formula that cannot be computed.
    """
    formula = budget.memory or budget.operations or ""
    return Measurement(
        name=name,
        kind=budget.kind,
        value=count,
        budget=evaluate(formula, sizes),
        unit=budget.counted_in,
        detail=detail or f"budget: {formula}",
    )


def timed_measurement(
    name: str, kind: str, timing: Timing, allowed: float, unit: str, detail: str
) -> Measurement:
    """A ratio of times beside the largest that is allowed."""
    return Measurement(
        name=name,
        kind=kind,
        value=round(timing.ratio, 3),
        budget=allowed,
        unit=unit,
        detail=detail,
        undecided=timing.zone is Zone.OPEN,
    )


def too_noisy(name: str) -> str:
    """The note beside a check that passes because the measurement is too noisy."""
    return f"{shown_name(name)}: too noisy to tell, so it passes"


def shown_name(name: str) -> str:
    """The name of a budget as students read it."""
    return name.replace("_", " ")


def require_within(
    run: CheckRun,
    measurement: Measurement,
    what: str = "",
    explain: Callable[[], tuple[str, ...]] = tuple,
) -> None:
    """Record the measurement.

    When it is over, raises StudentFault saying `what`, with the further lines of `explain`.
    """
    run.measurements.append(measurement)
    if measurement.within:
        return
    if not what:
        used = show_quantity(measurement.value, measurement.unit)
        most = show_quantity(measurement.budget, measurement.unit)
        what = f"used {used}; the budget is {most}"
    message = Message(what, measurement.detail, more=explain())
    raise StudentFault(_OVER[measurement.kind], message)
