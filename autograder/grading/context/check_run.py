"""One run of one check with one seed: its worker, its time limit, what it measured.

The judge makes one for each run; fixtures, budgets and accounting work on it.
"""

from collections.abc import Sequence
from random import Random
from typing import Any

from autograder.grading.context.grading_context import GradingContext
from autograder.grading.context.seeds import Seed
from autograder.grading.context.student import Observed, RemoteFunction, Student, subject
from autograder.grading.context.transcript import Transcript
from autograder.model.outcome import Closeness, Measurement, Prediction, RankTimeline
from autograder.sandbox.remote import RemoteWorker
from autograder.sandbox.time_limits import TimeLimit


class CheckRun:
    """One run of a check. A worker is started at the first call; all calls share the limit."""

    def __init__(
        self,
        context: GradingContext,
        seed: Seed,
        limit: TimeLimit,
        isolation: tuple[str, ...] = (),
    ) -> None:
        """`isolation`: what the check's workers may do beyond computing."""
        self.context, self.limit, self.isolation = context, limit, isolation
        self.seed, self.public = seed
        self.student = Student(self.call)
        self.measurements: list[Measurement] = []
        self.predictions: list[Prediction] = []
        self.closeness: list[Closeness] = []
        self.transcript = Transcript()
        self.notes: list[str] = []  # shown beside PASSED
        self.timeline: RankTimeline | None = None  # of the last run of a cluster
        self.printed = ""  # by workers that have ended
        self._worker: RemoteWorker | None = None
        self._was_timed = False
        self.random = Random(seed.number)

    def call(
        self,
        function: RemoteFunction,
        arguments: tuple[Any, ...],
        keywords: dict[str, Any],
        observer: str = "",
        lend: bool = False,
    ) -> Observed:
        """Call a student function, with an observer of ours around it if one is named.

        With `lend`, and in half of the other calls, it could write to read-only arrays as well.
        """
        lend = bool(self.random.getrandbits(1)) or lend
        self.announce(function, arguments)
        worker = self.worker()
        exchange, listened, named = self.transcript.begin(function.name, arguments, keywords)
        value, counts = worker.call(
            function.name,
            listened,
            named,
            limit=self.call_limit(),
            program=function.program,
            observer=observer,
            lend=lend,
        )
        worker.require_unchanged(self.random, self.call_limit())
        altered = self.context.alter(value)
        self.transcript.end(exchange, altered)
        return Observed(altered, counts)

    def worker(self) -> RemoteWorker:
        """This run's own worker."""
        if self._worker is None:
            self._worker = self.context.any_worker(self.isolation)
        elif self._was_timed:
            self._worker.resume()  # it stands still when it is not its turn
        return self._worker

    def fresh_worker(self) -> RemoteWorker:
        """A new worker, to be timed, in place of the one before: without state of earlier calls
        or processes of its own."""
        self.close()
        self._was_timed = True
        self._worker = self.context.new_worker()
        return self._worker

    def announce(self, function: RemoteFunction, arguments: Sequence[Any]) -> None:
        """This call comes next. Raises StudentFault where the grading does not wait for it."""
        self.limit.announce(subject(function, arguments))

    def call_limit(self) -> TimeLimit:
        """Of one call, within that of the check."""
        return self.limit.of_call(self.context.limits.call_s)

    def output(self) -> str:
        """What the submission has printed during this run."""
        return self.printed + (self._worker.output() if self._worker else "")

    def hand_back(self) -> None:
        """After a run without a fault, in a proof about right programs: keep the worker for the
        next run. A worker that was timed may be stopped, and is not kept, nor one that was allowed
        more than others."""
        kept = self.context.modes.closeness and not self._was_timed and not self.isolation
        if kept and self._worker is not None:
            self.context.keep(self._worker)
            self._worker = None

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None
