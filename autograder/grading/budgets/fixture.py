"""The fixture `budgets`: measure a call and compare it with its budget in assignment.toml."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from autograder.grading.budgets.growth import measure_growth
from autograder.grading.budgets.measured_call import Expected, Inputs, MeasuredCall, Verify
from autograder.grading.budgets.memory import Watched, measure_memory
from autograder.grading.budgets.memory_of_ranks import RanksCall, measure_memory_of_ranks
from autograder.grading.budgets.operations import compare_counted, measure_operations
from autograder.grading.budgets.speedup import measure_speedup
from autograder.grading.budgets.time import measure_time
from autograder.grading.cluster.fixture import ClusterRun
from autograder.grading.cluster.network import Network
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.student import RemoteFunction
from autograder.model.assignment import Assignment


class Budgets:
    """Each method records a measurement, and fails the check when it is over budget.

    `inputs(rng)` makes the arguments of one call, new ones for each call. `verify(arguments, value,
    want)` judges the value of every call that is measured; `want` is what `expected(*arguments)`
    returned, asked once for each call that is counted, and for each pair that is timed.
    """

    def __init__(self, assignment: Assignment, run: CheckRun) -> None:
        self._assignment, self._run = assignment, run

    def memory(
        self,
        name: str,
        function: RemoteFunction,
        *,
        inputs: Inputs,
        sizes: Mapping[str, float],
        verify: Verify | None = None,
        expected: Expected | None = None,
        watched: Mapping[str, Any] | None = None,
    ) -> None:
        """Peak bytes above the inputs, against the formula in `sizes`.

        `watched` has the same arguments for another call, which the system watches in its place: it
        is so large that what is forbidden takes 64 MB.
        """
        call = MeasuredCall(self._run, function, inputs)
        other = None
        if watched is not None:
            given = {"function": function, **watched}
            larger = MeasuredCall(self._run, given.pop("function"), given.pop("inputs"))
            other = Watched(larger, **given)
        measure_memory(self._assignment, name, call, sizes, verify, expected, other)

    def memory_of_ranks(
        self,
        name: str,
        function: RemoteFunction,
        *,
        size: int,
        inputs: Callable[[int], tuple[Any, ...]],
        sizes: Mapping[str, float],
        verify: Callable[[ClusterRun], None],
        network: Network | None = None,
        watched: Mapping[str, Any] | None = None,
    ) -> None:
        """Peak bytes above its inputs of the rank that needs most, against the formula in `sizes`.

        `function` runs as by `cluster.run`; `verify(run)` judges both runs. `watched` as above.
        """
        call = RanksCall(function, size, inputs, sizes, verify, network)
        larger = call._replace(**(watched or {}))
        measure_memory_of_ranks(self._assignment, self._run, name, call, larger)

    def operations(
        self,
        name: str,
        function: RemoteFunction,
        *,
        inputs: Inputs,
        sizes: Mapping[str, float],
        verify: Verify | None = None,
        expected: Expected | None = None,
    ) -> None:
        """Interpreter steps of the student's code, or what the budget's `unit` names.

        A budget with a witness is timed as well.
        """
        call = MeasuredCall(self._run, function, inputs)
        measure_operations(self._assignment, name, call, sizes, verify, expected)

    def counted(self, name: str, value: Any, *, sizes: Mapping[str, float]) -> None:
        """A number the check has counted: calls of its functions, messages, bytes sent."""
        compare_counted(self._assignment, self._run, name, value, sizes)

    def growth(
        self,
        name: str,
        function: RemoteFunction,
        *,
        inputs: Callable[[int, Any], tuple[Any, ...]],
        sizes: Sequence[int],
        verify: Verify | None = None,
        expected: Expected | None = None,
        timed_at: Sequence[int] = (),
    ) -> None:
        """The exponent with which steps or bytes, as the budget has it, grow over `sizes`.

        `inputs(size, rng)` makes the arguments. A budget with a witness is timed as well, at a
        small size and one where a search or a loop in a library would take most of the time.
        """
        calls = [MeasuredCall(self._run, function, partial(inputs, size)) for size in sizes]
        timed = [MeasuredCall(self._run, function, partial(inputs, size)) for size in timed_at]
        measure_growth(self._assignment, name, calls, sizes, verify, expected, timed)

    def time(
        self,
        name: str,
        function: RemoteFunction,
        *,
        inputs: Inputs,
        verify: Verify,
        expected: Expected | None = None,
    ) -> None:
        """CPU time as a multiple of the budget's yardstick."""
        call = MeasuredCall(self._run, function, inputs)
        measure_time(self._assignment, name, call, verify, expected)

    def speedup(
        self,
        name: str,
        function: RemoteFunction,
        *,
        inputs: Callable[[Any, int], tuple[Any, ...]],
        verify: Verify,
        expected: Expected | None = None,
        workers: int = 2,
    ) -> None:
        """How much faster `workers` workers are than one, by the wall clock.

        `inputs(rng, workers)` makes the arguments.
        """

        def call_with(count: int) -> MeasuredCall:
            return MeasuredCall(self._run, function, lambda rng: inputs(rng, count))

        measure_speedup(self._assignment, name, call_with, verify, expected, workers)
