"""How much faster several workers are than one: wall time, in pairs, by the same sign test.

CPU time says nothing here. The wall clock is noisy, so a speed-up that is too small must be seen
twice, with fresh processes, and on a machine that has the CPUs for it before and afterwards.
"""

import math
import random
import statistics
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from autograder.grading.budgets.sign_test import MOST, Zone, median_interval, zone
from autograder.grading.budgets.timing import SAMPLE_S, Sample

_ENOUGH = 0.7  # of SAMPLE_S
_CLEARLY = 1.1  # times too slow: nearer, another machine may say otherwise


class TimedWorkers(Protocol):
    """The student's function, to be run with any number of workers."""

    def sample(self, pair: int, workers: int, calls: int) -> Sample:
        """Time `calls` calls on new inputs; raises if a value is wrong."""


Start = Callable[[], AbstractContextManager[TimedWorkers]]


class SpeedUp(NamedTuple):
    """The verdict, and the figures of the round that led to it."""

    zone: Zone
    ratio: float  # the median of many workers' time over one's
    low: float  # of its 95 % confidence interval
    high: float
    pairs: int
    inflation: float  # CPU time of many workers over that of one: work done twice


def compare_workers(
    start: Start, required: float, workers: int, rng: random.Random, obstacle: Callable[[], str]
) -> SpeedUp:
    """Decide whether `workers` workers are fewer than `required` times as fast as one.

    `obstacle` says why the machine cannot tell, if so; it is asked before that verdict.
    """
    first = _round(start, required, workers, rng)
    if first.zone is not Zone.OVER:
        return first
    second = _round(start, required, workers, rng)
    clearly = min(first.ratio, second.ratio) * required > _CLEARLY
    certain = second.zone is Zone.OVER and clearly and not obstacle()
    found = Zone.OVER if certain else Zone.OPEN
    return second._replace(zone=found, pairs=first.pairs + second.pairs)


def _round(start: Start, required: float, workers: int, rng: random.Random) -> SpeedUp:
    with start() as timed:
        timed.sample(0, workers, 1)  # warms caches, and starts what is kept between calls
        alone = timed.sample(0, 1, 1)
        calls = max(1, math.ceil(_ENOUGH * SAMPLE_S / alone.wall_s))
        pairs: list[tuple[Sample, Sample]] = []
        ratios: list[float] = []
        while (found := zone(ratios, 1 / required)) is Zone.OPEN and len(ratios) < MOST:
            number, order = len(ratios) + 1, [1, workers]
            rng.shuffle(order)
            samples = {count: timed.sample(number, count, calls) for count in order}
            pairs.append((samples[1], samples[workers]))
            ratios.append(samples[workers].wall_s / samples[1].wall_s)
    low, high = median_interval(ratios)
    inflation = math.fsum(many.cpu_s for _, many in pairs) / math.fsum(a.cpu_s for a, _ in pairs)
    return SpeedUp(found, statistics.median(ratios), low, high, len(ratios), inflation)
