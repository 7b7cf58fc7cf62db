"""Judge a check once with the submission, and then with each alteration of what it received.

The judge calls it where a proof asks for it, with the reference as the submission.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from autograder.grading.answers.alterations import Alteration, alterations_of
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.grading_context import GradingContext
from autograder.grading.context.seeds import Seed
from autograder.grading.fixtures.fixtures import BoundCheck
from autograder.machine.resident_memory import HighWaterMark
from autograder.model.outcome import AlteredRun, Outcome
from autograder.model.verdict import Verdict
from autograder.sandbox.processless.tape import PlayedWorker, RecordingWorker, Tape
from autograder.sandbox.remote import RemoteWorker
from autograder.sandbox.time_limits import CheckLimit

_Run = Callable[[BoundCheck, CheckRun], Outcome]


class _Recording(GradingContext):
    """Its workers are recorded."""

    def __init__(self, context: GradingContext, tape: Tape) -> None:
        super().__init__(*_parts(context))
        self.tape = tape

    def new_worker(self, allowed: tuple[str, ...] = ()) -> RemoteWorker:
        """A worker of its own each time."""
        given = self.launcher, self.submission, self.limits, self.programs
        return RecordingWorker(self.tape, *given, allowed=allowed)

    def keep(self, worker: RemoteWorker) -> None:
        """No: another run is another tape."""
        worker.close()


class _Playing(GradingContext):
    """There are no workers; what they returned is played, with an alteration."""

    def __init__(self, context: GradingContext, tape: Tape, alteration: Alteration) -> None:
        super().__init__(*_parts(context))
        self.memory_is_seen = True
        self._tape, self._alteration, self._started = tape, alteration, 0

    def new_worker(self, allowed: tuple[str, ...] = ()) -> RemoteWorker:
        """The next on the tape."""
        self._started += 1
        apply, module = self._alteration.apply, self.submission.module
        return PlayedWorker(self._tape, self._started - 1, apply, module)

    def high_water_mark(self, worker: RemoteWorker) -> HighWaterMark:
        """Memory was judged when the tape was recorded."""
        return _Level()


class _Level(HighWaterMark):
    """A mark that never rises."""

    def __init__(self) -> None: ...

    def risen(self) -> int:
        return 0


def with_alterations(
    check: BoundCheck, context: GradingContext, seed: Seed, judge: _Run
) -> Outcome:
    """The outcome of a check, with what it says of every alteration, if it passes."""

    def judged(context: GradingContext) -> Outcome:
        limit = CheckLimit(context.limits.check_s)
        run = CheckRun(context, seed, limit, check.declaration.isolation)
        try:
            return judge(check, run)
        finally:
            run.close()

    tape: Tape = []
    outcome = judged(_Recording(context, tape))
    if outcome.verdict is not Verdict.PASSED:
        return outcome
    shares = (c.allowed / c.size for c in outcome.closeness if c.size)
    again = judged(_Playing(context, tape, _UNALTERED))
    if again.verdict is not Verdict.PASSED:
        why = f"played again, it is {again.verdict.value}: {_said(again)}"
        return msgspec.structs.replace(again, verdict=Verdict.GRADER_ERROR, staff=why)
    found = []
    for alteration in alterations_of(tape, max(shares, default=0.0)):
        place, everywhere, kind, _ = alteration
        altered = judged(_Playing(context, tape, alteration))
        found.append(AlteredRun(place, everywhere, kind, altered.verdict, _said(altered)))
    return msgspec.structs.replace(outcome, alterations=tuple(found))


_UNALTERED = Alteration("", "", "", {})


def _said(outcome: Outcome) -> str:
    return outcome.staff[-1000:] or (outcome.message.what if outcome.message else "")


def _parts(context: GradingContext) -> tuple[Any, ...]:
    return context.launcher, context.submission, context.limits, context.programs, context.modes
