"""Speed-up budgets: how much faster several workers are than one, by the wall clock.

CPU time says nothing here. The wall clock is noisy, so the pairs are compared by the sign test of
time budgets, and a speed-up that is too small must be seen twice, with fresh processes, on a
machine that has the CPUs for it before and afterwards.
"""

import math
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any, Protocol

from autograder.grading.budgets.judging import budget_of, require_within, shown_name, too_noisy
from autograder.grading.budgets.measured_call import MeasuredCall
from autograder.grading.budgets.sign_test import MOST, Zone, zone
from autograder.grading.budgets.timed_calls import SPARE, Expected, Verification, Verify, run_held
from autograder.grading.budgets.timing import SAMPLE_S, Sample, Timing, summarised, total
from autograder.grading.budgets.usable_cpus import obstacle
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.student import RemoteFunction
from autograder.machine.cpu_clock import family_seconds
from autograder.model.assignment import Assignment, Budget
from autograder.model.errors import GraderError
from autograder.model.outcome import Measurement

WorkerInputs = Callable[[Any, int], tuple[Any, ...]]  # (rng, workers) -> arguments
_ENOUGH = 0.7  # of SAMPLE_S
_CLEARLY = 1.1  # times too slow: nearer, another machine may say otherwise
_OTHER = 2_000_000_011  # between the seeds of calls with one worker and those with several


class TimedWorkers(Protocol):
    """The student's function, to be run with any number of workers."""

    def sample(self, pair: int, workers: int, calls: int) -> Sample:
        """Time `calls` calls on new inputs; raises if a value is wrong."""


StartWorkers = Callable[[], AbstractContextManager[TimedWorkers]]


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
        self.run, self.workers = run, workers
        self._calls = {
            count: MeasuredCall(run, function, partial(_with_workers, inputs, count))
            for count in (1, workers)
        }
        self._rng = random.Random(run.seed)
        self._verification = Verification(run, verify, expected, self._questions)

    def sample(self, pair: int, workers: int, calls: int) -> Sample:
        """Time the calls; one of them, the submission cannot know which, is verified."""
        verified = self._rng.randrange(calls)
        return total([self._once(pair, workers, n + 1, n == verified) for n in range(calls)])

    def _once(self, pair: int, workers: int, number: int, verified: bool) -> Sample:
        arguments = self._arguments(pair, workers, 0 if verified else number)
        worker = self.run.worker()
        self._calls[workers].send(worker, arguments)
        before = family_seconds(worker.pid)
        timed, value = run_held(worker, self.run.call_deadline)
        spent = family_seconds(worker.pid) - before
        if verified:
            value = self.run.context.alter(value)
            self._verification.verify(pair, arguments, value, list(self._calls).index(workers))
        return timed._replace(cpu_s=max(spent, timed.cpu_s))  # family_seconds ticks coarsely

    def _questions(self, pair: int) -> list[tuple[Any, ...]]:
        return [self._arguments(pair, workers) for workers in self._calls]

    def _arguments(self, pair: int, workers: int, number: int = 0) -> tuple[Any, ...]:
        return self._calls[workers].arguments(pair + number * SPARE + (workers > 1) * _OTHER)


def _with_workers(inputs: WorkerInputs, workers: int, rng: Any) -> tuple[Any, ...]:
    return inputs(rng, workers)


def measure_speedup(
    assignment: Assignment,
    name: str,
    calls: WorkerCalls,
    obstacle: Callable[[int], str] = obstacle,
) -> None:
    """Measure where the CPUs are free that the workers need; elsewhere verify the values only."""
    run, workers = calls.run, calls.workers
    budget = budget_of(assignment, name, "speedup")
    required = budget.speedup or 1.0
    if required >= workers:
        raise GraderError(f"budget {name!r}: {workers} workers cannot be {required:g} x as fast")
    hindered = partial(obstacle, workers)
    why = "" if run.context.modes.untimed else hindered()
    if run.context.modes.untimed or why:
        calls.sample(0, 1, 1)
        calls.sample(0, workers, 1)
        run.notes.append(f"{shown_name(name)}: not measurable here, not counted ({why})")
        why = f"not measurable here: {why}"
        require_within(run, _measurement(name, budget, 0.0, why, undecided=True))
        return
    rng = random.Random(run.seed)
    found = compare_workers(_fresh(calls), required, workers, rng, hindered)
    undecided = found.zone is Zone.OPEN
    if undecided:
        run.notes.append(too_noisy(name))
    detail = f"{found.interval()}, {found.beside:.2f} x the CPU time of one worker"
    what = f"{workers} workers are {1 / found.ratio:.2f} x as fast as one; {required:g} x is asked"
    require_within(run, _measurement(name, budget, found.ratio, detail, undecided), what)


def _fresh(calls: WorkerCalls) -> StartWorkers:
    @contextmanager
    def start() -> Iterator[TimedWorkers]:
        calls.run.close()  # the next call starts a fresh process, and one that may have children
        yield calls

    return start


def _measurement(
    name: str, budget: Budget, ratio: float, detail: str, undecided: bool
) -> Measurement:
    return Measurement(
        name=name,
        kind="speedup",
        value=round(ratio, 3),
        budget=round(1 / (budget.speedup or 1.0), 3),
        unit=budget.counted_in,
        detail=detail,
        undecided=undecided,
    )


def compare_workers(
    start: StartWorkers,
    required: float,
    workers: int,
    rng: random.Random,
    obstacle: Callable[[], str],
) -> Timing:
    """Decide whether `workers` workers are fewer than `required` times as fast as one.

    The ratio is that of many workers' time to one's. `obstacle` says why the machine cannot
    decide, if so; it is asked before a speed-up is called too small.
    """
    first = _round(start, required, workers, rng)
    if first.zone is not Zone.OVER:
        return first
    second = _round(start, required, workers, rng)
    clearly = min(first.ratio, second.ratio) * required > _CLEARLY
    certain = second.zone is Zone.OVER and clearly and not obstacle()
    found = Zone.OVER if certain else Zone.OPEN
    return second._replace(zone=found, pairs=first.pairs + second.pairs)


def _round(start: StartWorkers, required: float, workers: int, rng: random.Random) -> Timing:
    one: list[Sample] = []
    many: list[Sample] = []
    ratios: list[float] = []
    with start() as timed:
        timed.sample(0, workers, 1)  # warms caches, and starts what is kept between calls
        alone = timed.sample(0, 1, 1)
        calls = max(1, math.ceil(_ENOUGH * SAMPLE_S / alone.wall_s))
        while (found := zone(ratios, 1 / required)) is Zone.OPEN and len(ratios) < MOST:
            number, order = len(ratios) + 1, [1, workers]
            rng.shuffle(order)
            samples = {count: timed.sample(number, count, calls) for count in order}
            one.append(samples[1])
            many.append(samples[workers])
            ratios.append(samples[workers].wall_s / samples[1].wall_s)
    return summarised(found, ratios, len(ratios), total(many).cpu_s / total(one).cpu_s)
