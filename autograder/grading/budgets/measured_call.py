"""The call that a budget measures, with new arguments each time, and who judges its value.

Used by every kind of budget.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from autograder.grading.budgets.sign_test import MOST
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.seeds import generator
from autograder.grading.context.student import Observed, RemoteFunction
from autograder.grading.expectations.expect import usable
from autograder.sandbox.remote import RemoteWorker

# inputs(rng) -> arguments; called anew for every call, so that remembering answers does not pay
Inputs = Callable[[Any], tuple[Any, ...]]
Verify = Callable[[tuple[Any, ...], Any, Any], None]  # (arguments, value, expected)
Expected = Callable[..., Any]


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
        self.counts("", offset=1)

    def counts(self, observer: str, offset: int = 0) -> dict[str, float]:
        """Call once, and return what the observer counts; the value stays in the worker."""
        worker = self.run.worker()
        self.send(worker, self.arguments(offset), observer)
        return worker.run_held(self.run.call_limit())

    def observed(self, observer: str, arguments: tuple[Any, ...]) -> Observed:
        """Call once, with this observer in the worker; inputs are lent, as for `watch_call`."""
        return self.run.call(self.function, arguments, {}, observer, lend=True)

    def send(
        self,
        worker: RemoteWorker,
        arguments: tuple[Any, ...],
        observer: str = "",
        lend: bool = False,
    ) -> None:
        """Send the call to `worker`, which holds it until `run_held`.

        Raises StudentFault where the import has done what is billed to a call.
        """
        worker.imported.require_little(self.run.context.submission.module)
        self.run.announce(self.function, arguments)
        worker.call(
            self.function.name,
            arguments,
            {},
            limit=self.run.call_limit(),
            program=self.function.program,
            observer=observer,
            hold=True,
            lend=lend,
        )


class Verification:
    """Verifies values of measured calls; what is expected is asked once a pair, in their order."""

    def __init__(
        self,
        run: CheckRun,
        verify: Verify | None,
        expected: Expected | None,
        questions: Callable[[int], Sequence[tuple[Any, ...]]],
        pairs: int = MOST + 1,
    ) -> None:
        """`questions(pair)` are the arguments of the calls of a pair whose values are verified;
        there are at most so many pairs, one for a call that is counted and not timed."""
        self._verify, self._expected, self._questions = verify, expected, questions
        self._answers: dict[int, list[Any]] = {}
        if run.context.modes.recording:  # all that a noisy machine of a student may ask for
            for pair in range(pairs):
                self._ask(pair)

    @classmethod
    def of(
        cls,
        call: MeasuredCall,
        verify: Verify | None,
        expected: Expected | None,
        pairs: int = MOST + 1,
    ) -> "Verification":
        """Of one call a pair."""
        return cls(call.run, verify, expected, lambda pair: (call.arguments(pair),), pairs)

    def verify(self, pair: int, arguments: tuple[Any, ...], value: Any, which: int = 0) -> None:
        """Raises what the check's `verify` raises for this value, of call `which` of the pair.

        Where it cannot compute with the value, the value is wrong: all else that it gets is ours.
        """
        answers = self._ask(pair)
        if self._verify is None:
            return
        with usable("the returned value"):
            self._verify(arguments, value, answers[which] if answers else None)

    def observed(self, call: MeasuredCall, observer: str) -> Observed:
        """Make the call with this observer in the worker, and judge its value."""
        arguments = call.arguments()
        observed = call.observed(observer, arguments)
        self.verify(0, arguments, observed.value)
        return observed

    def _ask(self, pair: int) -> list[Any]:
        if self._expected is not None and pair not in self._answers:
            self._answers[pair] = [self._expected(*each) for each in self._questions(pair)]
        return self._answers.get(pair, [])
