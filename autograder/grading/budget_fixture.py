"""The fixture `budgets`: measure a call, hold it against its budget in assignment.toml."""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograder.budgets.growth import growth_exponent
from autograder.budgets.timing import Ratio, compare
from autograder.grading.check_run import CheckRun
from autograder.grading.student import RemoteFunction
from autograder.grading.timed_calls import TimedCall, TimedYardstick, Verify
from autograder.model.assignment import Assignment, Budget
from autograder.model.errors import GraderError
from autograder.model.formula import evaluate
from autograder.model.outcome import Measurement, Message
from autograder.model.units import show_quantity
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault

_OBSERVERS = {
    "memory": ("autograder.budgets.allocations", "bytes"),
    "operations": ("autograder.budgets.steps", "steps"),
}
_OVER = {
    "memory": Verdict.OVER_MEMORY_BUDGET,
    "operations": Verdict.OVER_OPERATION_BUDGET,
    "time": Verdict.OVER_TIME_BUDGET,
}


class Budgets:
    """Each method gives the student's value, records a measurement, and fails over budget."""

    def __init__(self, assignment: Assignment, run: CheckRun) -> None:
        self._assignment, self._run = assignment, run

    def memory(
        self,
        name: str,
        function: RemoteFunction,
        *arguments: Any,
        sizes: Mapping[str, float],
        **keywords: Any,
    ) -> Any:
        """Peak bytes above the inputs during the call, against the formula in `sizes`."""
        return self._counted("memory", name, function, arguments, keywords, sizes)

    def operations(
        self,
        name: str,
        function: RemoteFunction,
        *arguments: Any,
        sizes: Mapping[str, float],
        **keywords: Any,
    ) -> Any:
        """Interpreter steps in the student's own code during the call."""
        return self._counted("operations", name, function, arguments, keywords, sizes)

    def growth(
        self,
        name: str,
        function: RemoteFunction,
        *,
        inputs: Callable[[int], tuple[Any, ...]],
        sizes: Sequence[int],
    ) -> None:
        """The exponent with which steps or bytes, as the budget has it, grow over `sizes`."""
        budget = self._assignment.budget(name)
        if budget.kind not in _OBSERVERS:
            raise GraderError(f"budget {name!r} is one of {budget.kind}: its growth is not counted")
        counts = [self._count(budget.kind, function, inputs(size), {})[1] for size in sizes]
        exponent = growth_exponent(sizes, counts)
        _, counter = _OBSERVERS[budget.kind]
        shown = ", ".join(f"{size}: {count:.0f}" for size, count in zip(sizes, counts, strict=True))
        allowed = evaluate(budget.memory or budget.operations or "", {})
        what = f"{counter} grow like n^{exponent:.2f}; the budget is n^{allowed:g}"
        self._hold(name, budget, round(exponent, 3), allowed, f"{counter} by size: {shown}", what)

    def time(
        self,
        name: str,
        function: RemoteFunction,
        *,
        inputs: Callable[[Any], tuple[Any, ...]],
        verify: Verify,
    ) -> None:
        """CPU time as a multiple of the budget's yardstick; every timed result is verified.

        `inputs(rng)` makes new arguments for each pair.
        """
        budget = self._budget(name, "time")
        yardstick = self._assignment.yardsticks[budget.yardstick]
        student = TimedCall(self._run, function, inputs, verify)
        with TimedYardstick(self._run, yardstick) as unit:
            ratio = compare(student, unit, random.Random(self._run.seed))
        assert budget.time is not None
        self._hold(name, budget, round(ratio.median, 3), budget.time, _show(ratio))

    def _counted(
        self,
        kind: str,
        name: str,
        function: RemoteFunction,
        arguments: tuple[Any, ...],
        keywords: dict[str, Any],
        sizes: Mapping[str, float],
    ) -> Any:
        budget = self._budget(name, kind)
        formula = budget.memory if kind == "memory" else budget.operations
        value, count = self._count(kind, function, arguments, keywords)
        self._hold(name, budget, count, evaluate(formula or "", sizes), f"budget: {formula}")
        return value

    def _count(
        self,
        kind: str,
        function: RemoteFunction,
        arguments: tuple[Any, ...],
        keywords: dict[str, Any],
    ) -> tuple[Any, float]:
        """One call warms up what libraries load on first use; the second one is counted."""
        observer, counter = _OBSERVERS[kind]
        self._run.call(function, arguments, keywords)
        value, counts = self._run.call(function, arguments, keywords, observer)
        return value, counts.get(counter, 0.0)

    def _budget(self, name: str, kind: str) -> Budget:
        budget = self._assignment.budget(name)
        if budget.kind != kind:
            raise GraderError(f"budget {name!r} is one of {budget.kind}, not of {kind}")
        return budget

    def _hold(
        self,
        name: str,
        budget: Budget,
        value: float,
        allowed: float,
        detail: str,
        what: str = "",
    ) -> None:
        unit = budget.counted_in
        measurement = Measurement(
            name=name, kind=budget.kind, value=value, budget=allowed, unit=unit, detail=detail
        )
        self._run.measurements.append(measurement)
        if not measurement.within:
            used, most = show_quantity(value, unit), show_quantity(allowed, unit)
            message = Message(what or f"used {used}; the budget is {most}", detail)
            raise StudentFault(_OVER[budget.kind], message)


def _show(ratio: Ratio) -> str:
    return f"{ratio.pairs} pairs, middle half {ratio.low:.2f} to {ratio.high:.2f}"
