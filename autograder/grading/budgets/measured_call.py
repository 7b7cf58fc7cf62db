"""The call that a budget measures, with new arguments each time. Used by every kind of budget."""

from collections.abc import Callable
from typing import Any, NamedTuple

from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.seeds import generator
from autograder.grading.context.student import Observed, RemoteFunction
from autograder.sandbox.remote import RemoteWorker

# inputs(rng) -> arguments; called anew for every call, so that remembering answers does not pay
Inputs = Callable[[Any], tuple[Any, ...]]


class MeasuredCall(NamedTuple):
    """A function of the submission in one run of a check, and what makes its arguments."""

    run: CheckRun
    function: RemoteFunction
    inputs: Inputs

    def arguments(self, offset: int = 0) -> tuple[Any, ...]:
        """New arguments, drawn from the run's seed plus `offset`."""
        return self.inputs(generator(self.run.seed + offset))

    def warm_up(self) -> None:
        """Call once, on other inputs: libraries load some things on first use."""
        self.run.call(self.function, self.arguments(1), {})

    def observed(self, observer: str, offset: int = 0) -> Observed:
        """Call once, with this observer in the worker."""
        return self.run.call(self.function, self.arguments(offset), {}, observer)

    def send(self, worker: RemoteWorker, arguments: tuple[Any, ...], observer: str = "") -> None:
        """Send the call to `worker`, which holds it until `run_held`."""
        worker.call(
            self.function.name,
            arguments,
            {},
            deadline=self.run.call_deadline(),
            program=self.function.program,
            observer=observer,
            hold=True,
        )
