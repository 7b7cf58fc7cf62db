"""Speed-up budgets: how much faster several workers are than one, by the wall clock.

CPU time says nothing here. The wall clock is noisy, so the pairs are compared by the sign test of
time budgets, and a speed-up that is too small must be seen twice, with fresh processes, on a
machine that has the CPUs for it before and afterwards.
"""

import math
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from autograder.grading.budgets.judging import (
    budget_of,
    require_within,
    shown_name,
    timed_measurement,
    too_noisy,
)
from autograder.grading.budgets.measured_call import Expected, MeasuredCall, Verification, Verify
from autograder.grading.budgets.sign_test import MOST, Zone, zone
from autograder.grading.budgets.timed_calls import SPARE, run_held
from autograder.grading.budgets.timing import (
    SAMPLE_S,
    Pair,
    Sample,
    StartPair,
    Timing,
    timing_of,
    total,
)
from autograder.grading.budgets.usable_cpus import obstacle
from autograder.machine.cpu_clock import family_seconds
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError

_ENOUGH = 0.7  # of SAMPLE_S
_CLEARLY = 1.1  # times too slow: nearer, another machine may say otherwise
_UNMEASURED = Timing(Zone.OPEN, ratio=0.0, low=0.0, high=0.0, pairs=0, overhead=0.0)
_OTHER = 2_000_000_011  # between the seeds of calls with one worker and those with several


class TimedWorkers:
    """One side of the pairs: calls with a number of workers, which may stay from call to call."""

    def __init__(self, call: MeasuredCall, verification: Verification, workers: int) -> None:
        self._call, self._verification, self._several = call, verification, workers > 1
        self._rng = random.Random(call.run.seed)

    def sample(self, pair: int, calls: int) -> Sample:
        """Time the calls; one of them, the submission cannot know which, is verified."""
        verified = self._rng.randrange(calls)
        return total([self._once(pair, number, number == verified) for number in range(calls)])

    def _once(self, pair: int, number: int, verified: bool) -> Sample:
        offset = 0 if verified else (number + 1) * SPARE
        arguments = self._call.arguments(pair + offset + self._several * _OTHER)
        worker = self._call.run.worker()
        self._call.send(worker, arguments)
        before = family_seconds(worker.pid)
        timed, value = run_held(worker, self._call.run.call_limit)
        spent = family_seconds(worker.pid) - before
        if verified:
            value = self._call.run.context.alter(value)
            self._verification.verify(pair, arguments, value, which=int(self._several))
        return timed._replace(cpu_s=max(spent, timed.cpu_s))  # family_seconds ticks coarsely


def measure_speedup(
    assignment: Assignment,
    name: str,
    call_with: Callable[[int], MeasuredCall],
    verify: Verify,
    expected: Expected | None,
    workers: int,
) -> None:
    """Measure where the CPUs are free that the workers need; elsewhere verify the values only.

    `call_with(n)` is the student's function, called to use n workers.
    """
    budget = budget_of(assignment, name, "speedup")
    required = budget.speedup or 1.0
    if required >= workers:
        raise GraderError(f"budget {name!r}: {workers} workers cannot be {required:g} x as fast")
    run = call_with(1).run
    sides = _sides(call_with, verify, expected, workers)

    @contextmanager
    def start() -> Iterator[Pair]:
        run.close()  # the next call starts a fresh process, and one that may have children
        yield sides

    untimed = run.context.modes.untimed
    why = "" if untimed else obstacle(workers)
    if untimed or why:
        for side in sides:
            side.sample(0, 1)
        timing, what, detail = _UNMEASURED, "", f"not measurable here: {why}"
        note = f"{shown_name(name)}: not measurable here, not counted ({why})"
    else:
        rng = random.Random(run.seed)
        timing = compare_workers(start, required, rng, partial(obstacle, workers))
        what = f"{workers} workers are {1 / timing.ratio:.2f} x as fast as one"
        what += f"; {required:g} x is asked"
        detail = f"{timing.interval()}, {timing.overhead:.2f} x the CPU time of one worker"
        note = too_noisy(name)
    if timing.zone is Zone.OPEN:
        run.notes.append(note)
    slowest, unit = round(1 / required, 3), budget.counted_in
    require_within(run, timed_measurement(name, "speedup", timing, slowest, unit, detail), what)


def _sides(
    call_with: Callable[[int], MeasuredCall],
    verify: Verify,
    expected: Expected | None,
    workers: int,
) -> tuple[TimedWorkers, TimedWorkers]:
    """One worker, and several; what is expected of both is asked together."""
    one, many = call_with(1), call_with(workers)

    def questions(pair: int) -> list[tuple[Any, ...]]:
        return [one.arguments(pair), many.arguments(pair + _OTHER)]

    verification = Verification(one.run, verify, expected, questions)
    return TimedWorkers(one, verification, 1), TimedWorkers(many, verification, workers)


def compare_workers(
    start: StartPair, required: float, rng: random.Random, obstacle: Callable[[], str]
) -> Timing:
    """Decide whether several workers are fewer than `required` times as fast as one.

    `start` starts fresh sides: one worker, and several. The ratio is that of several workers' time
    to one's. `obstacle` says why the machine cannot decide, if so; it is asked before a speed-up
    is called too small.
    """
    first = _round(start, required, rng)
    if first.zone is not Zone.OVER:
        return first
    second = _round(start, required, rng)
    clearly = min(first.ratio, second.ratio) * required > _CLEARLY
    certain = second.zone is Zone.OVER and clearly and not obstacle()
    found = Zone.OVER if certain else Zone.OPEN
    return second._replace(zone=found, pairs=first.pairs + second.pairs)


def _round(start: StartPair, required: float, rng: random.Random) -> Timing:
    pairs: list[tuple[Sample, Sample]] = []  # of one worker, of several
    ratios: list[float] = []
    with start() as (one, many):
        many.sample(0, 1)  # warms caches, and starts what is kept between calls
        calls = max(1, math.ceil(_ENOUGH * SAMPLE_S / one.sample(0, 1).wall_s))
        while (found := zone(ratios, 1 / required)) is Zone.OPEN and len(ratios) < MOST:
            order = [one, many]
            rng.shuffle(order)
            samples = {side: side.sample(len(ratios) + 1, calls) for side in order}
            pairs.append((samples[one], samples[many]))
            ratios.append(samples[many].wall_s / samples[one].wall_s)
    alone, together = map(total, zip(*pairs, strict=True))
    return timing_of(found, ratios, len(ratios), together.cpu_s / alone.cpu_s)
