"""The fixture `budgets`: measure a call, hold it against its budget in assignment.toml."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograder.grading.budgets.counting import Inputs
from autograder.grading.budgets.growth import hold_growth
from autograder.grading.budgets.memory import hold_memory
from autograder.grading.budgets.operations import hold_counted, hold_operations
from autograder.grading.budgets.speedup import hold_speedup
from autograder.grading.budgets.time import hold_time
from autograder.grading.budgets.timed_pairs import Verify
from autograder.grading.budgets.worker_calls import WorkerInputs
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.student import RemoteFunction
from autograder.model.assignment import Assignment


class Budgets:
    """Each method records a measurement, and fails the check when it is over budget.

    `inputs(rng)` makes the arguments of one call, new ones for each call.
    """

    def __init__(self, assignment: Assignment, run: CheckRun) -> None:
        self._assignment, self._run = assignment, run

    def memory(
        self, name: str, function: RemoteFunction, *, inputs: Inputs, sizes: Mapping[str, float]
    ) -> Any:
        """Peak bytes above the inputs, against the formula in `sizes`; gives the value."""
        return hold_memory(self._assignment, self._run, name, function, inputs, sizes)

    def operations(
        self,
        name: str,
        function: RemoteFunction,
        *,
        inputs: Inputs,
        sizes: Mapping[str, float],
        verify: Verify | None = None,
        expected: Callable[..., Any] | None = None,
    ) -> Any:
        """Interpreter steps of the student's code, or what the budget's `unit` names; the value.

        A budget with a witness is timed as well, and then needs `verify`, as in `time`.
        """
        return hold_operations(
            self._assignment, self._run, name, function, inputs, sizes, verify, expected
        )

    def counted(self, name: str, value: Any, *, sizes: Mapping[str, float]) -> None:
        """A number the check has counted: calls of its functions, messages, bytes sent."""
        hold_counted(self._assignment, self._run, name, value, sizes)

    def growth(
        self,
        name: str,
        function: RemoteFunction,
        *,
        inputs: Callable[[int, Any], tuple[Any, ...]],
        sizes: Sequence[int],
    ) -> None:
        """The exponent with which steps or bytes, as the budget has it, grow over `sizes`.

        `inputs(size, rng)` makes the arguments.
        """
        hold_growth(self._assignment, self._run, name, function, inputs, sizes)

    def time(
        self,
        name: str,
        function: RemoteFunction,
        *,
        inputs: Inputs,
        verify: Verify,
        expected: Callable[..., Any] | None = None,
    ) -> None:
        """CPU time as a multiple of the budget's yardstick.

        `verify(arguments, value, want)` judges every timed value; `want` is what
        `expected(*arguments)` gave, asked once for each pair.
        """
        hold_time(self._assignment, self._run, name, function, inputs, verify, expected)

    def speedup(
        self,
        name: str,
        function: RemoteFunction,
        *,
        inputs: WorkerInputs,
        verify: Verify,
        expected: Callable[..., Any] | None = None,
        workers: int = 2,
    ) -> None:
        """How much faster `workers` workers are than one, by the clock on the wall.

        `inputs(rng, workers)` makes the arguments; `verify` as in `time`.
        """
        hold_speedup(self._assignment, self._run, name, function, inputs, verify, expected, workers)
