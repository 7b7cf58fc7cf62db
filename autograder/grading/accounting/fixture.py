"""The fixture `accounting`: costs that students predict, compared with what counters see.

A `measure` may be any function of the check; the counters here count in the worker. What a worker
says of itself never stands alone: see grading/accounting/counted_costs.py.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograder.grading.accounting import counted_costs
from autograder.grading.accounting.predicted_costs import compare_predictions
from autograder.grading.budgets.measured_call import Expected, MeasuredCall, Verify
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.counters import (
    ARRAY_FLOPS,
    BYTES,
    SAVED_BYTES,
    TORCH_FLOPS,
    Counter,
)
from autograder.grading.context.student import RemoteFunction
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError

_OF_TORCH = (TORCH_FLOPS, SAVED_BYTES)


class Accounting:
    """Compares predictions with measurements, and offers counters to measure with.

    The counters pass their positional arguments on to the student's function. They judge the value
    of each counted call with `verify` and `expected`, as budgets do.
    """

    def __init__(self, assignment: Assignment, run: CheckRun) -> None:
        self._assignment, self._run = assignment, run

    def compare(
        self,
        prediction: RemoteFunction,
        *,
        configurations: Sequence[Mapping[str, float]],
        measure: Callable[..., float],
        unit: str,
        relative: float = 0.0,
        absolute: float = 0.0,
        constant: float = 0.0,
    ) -> None:
        """`prediction` agrees with `measure` within absolute + relative * measured, else WRONG.

        Of what is measured as much as `constant`, the same in all configurations, need not be
        predicted: what does not grow with the problem, such as the buffers of numpy's iterators.
        Without a tolerance they are equal. Both are called for each configuration, `measure` by
        keyword; the prediction by position, in the order of the configuration's names. Raises
        GraderError for fewer than two configurations, which a constant would pass, and when
        `measure` returns no number.
        """
        compare_predictions(
            self._run, prediction, configurations, measure, unit, (relative, absolute), constant
        )

    def flops(
        self,
        function: RemoteFunction,
        *arguments: Any,
        at_least: float,
        verify: Verify | None = None,
        expected: Expected | None = None,
    ) -> float:
        """Operations in numpy's products of one call, by worker/observers/array_flops.py.

        `at_least` is the check's own knowledge, from the oracle: fewer count as so many.
        """
        return max(self._count(ARRAY_FLOPS, function, arguments, verify, expected), at_least)

    def torch_flops(
        self,
        function: RemoteFunction,
        *arguments: Any,
        at_least: float,
        verify: Verify | None = None,
        expected: Expected | None = None,
    ) -> float:
        """Operations of torch's products, convolutions and attention, forwards and backwards."""
        return max(self._count(TORCH_FLOPS, function, arguments, verify, expected), at_least)

    def bytes(
        self,
        function: RemoteFunction,
        *arguments: Any,
        verify: Verify | None = None,
        expected: Expected | None = None,
    ) -> float:
        """Logical bytes above the inputs at the peak of one call, as memory budgets count them."""
        return self._count(BYTES, function, arguments, verify, expected)

    def saved_bytes(
        self,
        function: RemoteFunction,
        *arguments: Any,
        verify: Verify | None = None,
        expected: Expected | None = None,
    ) -> float:
        """Bytes that torch's autograd keeps for the backward pass, at their peak."""
        return self._count(SAVED_BYTES, function, arguments, verify, expected)

    @staticmethod
    def state(value: Any) -> int:
        """Bytes of a value that a student's function returned, counted in the grader."""
        return counted_costs.state(value)

    def _count(
        self,
        counter: Counter,
        function: RemoteFunction,
        arguments: tuple[Any, ...],
        verify: Verify | None,
        expected: Expected | None,
    ) -> float:
        if counter in _OF_TORCH and "torch" not in self._assignment.libraries:  # not in workers
            raise GraderError("this counter needs 'torch': add it to `libraries` of the assignment")
        call = MeasuredCall(self._run, function, lambda _: arguments)
        return counted_costs.count(call, counter, verify, expected)
