"""A student function that is timed with one worker of its own, and with several."""

import random
from collections.abc import Callable
from typing import Any

from autograder.grading.budgets.sign_test import MOST
from autograder.grading.budgets.timed_calls import run_held
from autograder.grading.budgets.timed_pairs import Expected, Verify
from autograder.grading.budgets.timing import Sample
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.seeds import generator
from autograder.grading.context.student import RemoteFunction
from autograder.machine.cpu_clock import family_seconds

WorkerInputs = Callable[[Any, int], tuple[Any, ...]]  # (rng, workers) -> arguments
_SPARE = 1_000_003  # between the seeds of the calls of one sample
_OTHER = 2_000_000_011  # and of those with several workers


class WorkerCalls:
    """Calls on new inputs each; what they start may stay from call to call."""

    def __init__(
        self,
        run: CheckRun,
        function: RemoteFunction,
        inputs: WorkerInputs,
        verify: Verify,
        expected: Expected | None,
        workers: int,
    ) -> None:
        self._run, self._function, self._inputs = run, function, inputs
        self._verify, self._expected = verify, expected
        self._counts = (1, workers)
        self._rng = random.Random(run.seed)
        self._answers: dict[tuple[int, int], Any] = {}
        if run.context.modes.recording:  # what noise may ask for is recorded too
            for pair in range(MOST + 1):
                self._ask(pair)

    def sample(self, pair: int, workers: int, calls: int) -> Sample:
        """Time the calls; one of them, the submission cannot know which, is judged."""
        self._ask(pair)
        judged = self._rng.randrange(calls)
        samples = [self._once(pair, workers, n + 1, n == judged) for n in range(calls)]
        return Sample(sum(s.cpu_s for s in samples), sum(s.wall_s for s in samples))

    def _once(self, pair: int, workers: int, number: int, judged: bool) -> Sample:
        arguments = self._arguments(pair, workers, 0 if judged else number)
        worker = self._run.worker()
        worker.call(
            self._function.name,
            arguments,
            {},
            deadline=self._run.call_deadline(),
            program=self._function.program,
            hold=True,
        )
        before = family_seconds(worker.pid)
        timed, value = run_held(self._run, worker)
        spent = family_seconds(worker.pid) - before
        if judged:
            want = self._answers.get((pair, workers))
            self._verify(arguments, self._run.context.alter(value), want)
        return timed._replace(cpu_s=max(spent, timed.cpu_s))  # family_seconds ticks coarsely

    def _ask(self, pair: int) -> None:
        """Ask what is expected of a pair, always in the same order."""
        for workers in self._counts:
            if self._expected and (pair, workers) not in self._answers:
                arguments = self._arguments(pair, workers, 0)
                self._answers[pair, workers] = self._expected(*arguments)

    def _arguments(self, pair: int, workers: int, spare: int) -> tuple[Any, ...]:
        seed = self._run.seed + pair + spare * _SPARE + (workers > 1) * _OTHER
        return self._inputs(generator(seed), workers)
