"""What all runs of one grading share: launcher, submission, limits, programs and modes.

`running/run.py` makes one; checks' runs, budgets and the diagnosis of mistakes read it.
"""

from pathlib import Path
from typing import Any

from autograder.grading.context.perturb import perturbed
from autograder.grading.context.request import STUDENTS_MODES, Modes
from autograder.machine.resident_memory import HighWaterMark
from autograder.model.assignment import Limits
from autograder.sandbox.launcher import Launcher
from autograder.sandbox.remote import RemoteWorker
from autograder.submission.intake import Submission


class GradingContext:
    """What all runs of a grading share; it starts their workers."""

    def __init__(
        self,
        launcher: Launcher,
        submission: Submission,
        limits: Limits,
        programs: Path | None,
        modes: Modes = STUDENTS_MODES,
    ) -> None:
        self.launcher, self.submission, self.limits = launcher, submission, limits
        self.programs, self.modes = programs, modes
        self.memory_is_seen = False  # the counters of bytes have passed their own test
        self._kept: RemoteWorker | None = None
        self._bytecode: dict[str, bytes] = {}  # of the submission and the programs

    def of(self, submission: Submission) -> "GradingContext":
        """The same for other files: nothing that was compiled or kept is theirs."""
        other = GradingContext(self.launcher, submission, self.limits, self.programs, self.modes)
        other.memory_is_seen = self.memory_is_seen
        return other

    def alter(self, value: Any) -> Any:
        """What the submission returned, as checks receive it: `release` perturbs it."""
        return perturbed(value, self.modes.perturb) if self.modes.perturb else value

    def any_worker(self, allowed: tuple[str, ...] = ()) -> RemoteWorker:
        """The one that was kept, if it may do what this one may, or a new one."""
        if self._kept is None or allowed:
            return self.new_worker(allowed)
        kept, self._kept = self._kept, None
        return kept

    def new_worker(self, allowed: tuple[str, ...] = ()) -> RemoteWorker:
        """A worker with the submission imported; `allowed`: what it may do beyond computing.

        The caller closes it, or hands it back with `keep`.
        """
        submission, limits, programs = self.submission, self.limits, self.programs
        return RemoteWorker(
            self.launcher, submission, limits, programs, allowed=allowed, bytecode=self._bytecode
        )

    def high_water_mark(self, worker: RemoteWorker) -> HighWaterMark:
        """Of its resident memory, set back to now. Raises Unseen where there is none."""
        return HighWaterMark(worker.pid)

    def keep(self, worker: RemoteWorker) -> None:
        """Keep this worker for the next run, which saves a proof most of its time."""
        self.close()
        self._kept = worker

    def close(self) -> None:
        """End the worker that was kept."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None
