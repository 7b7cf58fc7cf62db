"""Hold a measured quantity against its budget."""

from autograder.grading.context.check_run import CheckRun
from autograder.model.assignment import Assignment, Budget
from autograder.model.errors import GraderError
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
    """The budget `name`, which must be one of `kind`."""
    budget = assignment.budget(name)
    if budget.kind != kind:
        raise GraderError(f"budget {name!r} is one of {budget.kind}, not of {kind}")
    return budget


def hold(
    run: CheckRun, measurement: Measurement, what: str = "", more: tuple[str, ...] = ()
) -> None:
    """Record the measurement; raises StudentFault with these lines when it is over."""
    run.measurements.append(measurement)
    if measurement.within:
        return
    used = show_quantity(measurement.value, measurement.unit)
    most = show_quantity(measurement.budget, measurement.unit)
    told = what or f"used {used}; the budget is {most}"
    message = Message(told, measurement.detail, more=more)
    raise StudentFault(_OVER[measurement.kind], message)
