"""One run of one check with one seed: its worker, its deadline, what it measured."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.grading.context.seeds import Seed
from autograder.grading.context.student import Observed, RemoteFunction, Student
from autograder.grading.context.transcript import Transcript
from autograder.model.assignment import Limits
from autograder.model.outcome import Closeness, Measurement, Prediction
from autograder.sandbox.remote import RemoteWorker
from autograder.sandbox.worker_process import Launcher
from autograder.submission.intake import Submission


class Bench:
    """What all runs of a grading share."""

    def __init__(
        self,
        launcher: Launcher,
        submission: Submission,
        limits: Limits,
        programs: Path | None,
        alter: Callable[[Any], Any] = lambda value: value,
    ) -> None:
        self.launcher, self.submission, self.limits = launcher, submission, limits
        self.programs = programs
        self.alter = alter  # release perturbs what the submission returns, see release.record
        self.proposing = False  # time budgets record operations, see authoring.proofs.propose
        self.memory_is_seen = False  # its counters have passed grading.budgets.memory_selftest
        self.variation = 0  # of the public seeds
        self.noting_answers = False  # release: in every outcome
        self.recording = False  # every question that a check may ever ask must be asked
        self.closeness = False  # proofs: comparisons are noted, with so many seeds
        self.seeds = 1
        self._kept: RemoteWorker | None = None

    @property
    def untimed(self) -> bool:
        """Whether budgets call and judge once where they would time: nobody reads the time."""
        return self.recording or self.closeness

    def new_worker(self, alone: bool = False) -> RemoteWorker:
        """A worker with the submission imported, `alone`: without child processes.

        The caller closes it, or hands it back with `keep`.
        """
        if self._kept is not None and not alone:
            kept, self._kept = self._kept, None
            return kept
        submission, limits, programs = self.submission, self.limits, self.programs
        return RemoteWorker(self.launcher, submission, limits, programs, alone=alone)

    def keep(self, worker: RemoteWorker) -> None:
        """Give this one to the next run, which saves a proof most of its time."""
        self.close()
        self._kept = worker

    def close(self) -> None:
        """End the worker that was kept."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None


class CheckRun:
    """Starts a worker at the first call; every call shares the check's deadline."""

    def __init__(self, bench: Bench, seed: Seed, deadline: float) -> None:
        self.bench, self.deadline = bench, deadline
        self.seed, self.public = seed
        self.student = Student(self.call)
        self.measurements: list[Measurement] = []
        self.predictions: list[Prediction] = []
        self.closeness: list[Closeness] = []
        self.transcript = Transcript()
        self.notes: list[str] = []  # shown beside PASSED
        self._worker: RemoteWorker | None = None
        self._was_timed = False

    def call(
        self,
        function: RemoteFunction,
        arguments: tuple[Any, ...],
        keywords: dict[str, Any],
        observer: str = "",
    ) -> Observed:
        """Call a student function, with an observer of ours around it if one is named."""
        worker = self.worker()
        listened, named = self.transcript.begin(function.name, arguments, keywords)
        value, counts = worker.call(
            function.name,
            listened,
            named,
            deadline=self.call_deadline(),
            program=function.program,
            observer=observer,
        )
        altered = self.bench.alter(value)
        self.transcript.end(altered)
        return Observed(altered, counts)

    def worker(self) -> RemoteWorker:
        """This run's own worker."""
        if self._worker is None:
            self._worker = self.bench.new_worker()
        return self._worker

    def fresh_worker(self) -> RemoteWorker:
        """A worker for being timed, in place of the one before: it remembers nothing."""
        self.close()
        self._was_timed = True
        self._worker = self.bench.new_worker(alone=True)
        return self._worker

    def call_deadline(self) -> float:
        """When a call that starts now must be finished."""
        return min(time.monotonic() + self.bench.limits.call_s, self.deadline)

    def time_left(self) -> float:
        """Wall seconds until the whole check must be finished."""
        return self.deadline - time.monotonic()

    def output(self) -> str:
        """What the submission has printed during this run."""
        return self._worker.output() if self._worker else ""

    def cpu_s(self) -> float:
        """CPU seconds of this run's worker."""
        return self._worker.cpu_s() if self._worker else 0.0

    def hand_back(self) -> None:
        """After a run without a fault: a proof goes on with the same worker, unless it was timed
        and may be stopped."""
        if self.bench.closeness and self._worker is not None and not self._was_timed:
            self.bench.keep(self._worker)
            self._worker = None

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None
