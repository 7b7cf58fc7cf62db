"""The fixture `budgets`: measure a call, hold it against its budget in assignment.toml."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograder.grading.check_run import CheckRun
from autograder.grading.counting import Inputs
from autograder.grading.memory_budget import hold_memory
from autograder.grading.operation_budget import hold_growth, hold_operations
from autograder.grading.student import RemoteFunction
from autograder.grading.time_budget import Verify, hold_time
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
        self, name: str, function: RemoteFunction, *, inputs: Inputs, sizes: Mapping[str, float]
    ) -> Any:
        """Interpreter steps in the student's own code; gives the value."""
        return hold_operations(self._assignment, self._run, name, function, inputs, sizes)

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
