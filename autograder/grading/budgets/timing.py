"""CPU time of a student's call as a multiple of a yardstick timed in the same moments.

Pairs of one student sample and one yardstick sample, adjacent and in random order, until the sign
test can tell (7 to 41 pairs). A call that is too slow is measured again with a fresh pair of
workers, and this time the yardstick also against itself: a machine that cannot measure one and the
same thing twice decides nothing. The clocks are read by the grader, outside both workers.
"""

import math
import random
import statistics
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from autograder.grading.budgets.sign_test import MOST, Zone, median_interval, zone

# shorter samples drown in cache effects, and on Windows in clock ticks of 16 ms
SAMPLE_S = 0.5 if sys.platform == "win32" else 0.03
_ENOUGH = 0.6  # of SAMPLE_S: inputs are sized once, for machines of all speeds
_CLEARLY_OVER = 1.1  # times the limit: nearer, another machine may find it within
_FAR = 2.0  # times the limit: a call that needs so much and runs out of time is too slow
_WARM_UP = 4  # pairs: about what starting a second round takes, and its first pair
_NO_END_S = 1e9
_SKEW, _SPREAD = 0.1, 0.35  # what the yardstick against itself may show, in log ratios


class Sample(NamedTuple):
    """What one side took."""

    cpu_s: float
    wall_s: float


def total(samples: Iterable[Sample]) -> Sample:
    """The sum of several samples."""
    cpu_s, wall_s = map(math.fsum, zip(*samples, strict=True))
    return Sample(cpu_s, wall_s)


class Timed(Protocol):
    """One side of the pairs, in a worker of its own."""

    def sample(self, pair: int, calls: int) -> Sample:
        """Time `calls` calls on new inputs, those of this pair; raises if a value is wrong."""


Pair = tuple[Timed, Timed]  # student, yardstick
StartPair = Callable[[], AbstractContextManager[Pair]]


class Round(NamedTuple):
    """Pairs measured with one pair of workers."""

    zone: Zone
    ratios: list[float]
    itself: list[float]  # the yardstick against itself
    wall_per_cpu: float  # of the student: above 1, other processes had the processor
    longest_s: float  # that a pair took of the time that is left


class Timing(NamedTuple):
    """Where a ratio of times lies, and the figures of the round that led to it."""

    zone: Zone
    ratio: float  # the median
    low: float  # of its 95 % confidence interval
    high: float
    pairs: int
    overhead: float  # time: the student's wall over CPU time; speed-up: CPU time of many over one's

    def interval(self) -> str:
        """The confidence interval in words."""
        return f"95 % interval {self.low:.2f} to {self.high:.2f} from {self.pairs} pairs"


def timing_of(zone: Zone, ratios: Sequence[float], pairs: int, overhead: float) -> Timing:
    """The figures of a round with these ratios; `pairs` counts those of earlier rounds too."""
    return Timing(zone, statistics.median(ratios), *median_interval(ratios), pairs, overhead)


def compare(
    start: StartPair,
    limit: float,
    rng: random.Random,
    time_left: Callable[[], float] = lambda: _NO_END_S,
) -> Timing:
    """Decide whether the student takes more than `limit` times the yardstick.

    `start` starts a fresh student's worker and a fresh yardstick's worker. When another pair would
    take more of `time_left` than there is, it stays open.
    """
    with start() as pair:
        first = _round(pair, limit, rng, time_left, against_itself=False)
    hurry = _must_end(first.ratios, limit, _WARM_UP * first.longest_s, time_left)
    if first.zone is not Zone.OVER or hurry:
        decided = Zone.OPEN if hurry and first.zone is Zone.OVER else first.zone
        return timing_of(decided, first.ratios, len(first.ratios), first.wall_per_cpu)
    with start() as pair:
        second = _round(pair, limit, rng, time_left, against_itself=True)
    pairs = len(first.ratios) + len(second.ratios)
    return timing_of(_agreed(first, second, limit), second.ratios, pairs, second.wall_per_cpu)


def _round(
    sides: Pair,
    limit: float,
    rng: random.Random,
    time_left: Callable[[], float],
    against_itself: bool,
) -> Round:
    student, yardstick = sides
    calls = _calls(student, yardstick)
    ratios: list[float] = []
    itself: list[float] = []
    spent: list[Sample] = []
    longest_s = 0.0
    while (found := zone(ratios, limit)) is Zone.OPEN and len(ratios) < MOST:
        if ratios and _must_end(ratios, limit, longest_s, time_left):
            break
        pair, left_s = len(ratios) + 1, time_left()
        order = [student, yardstick, *([yardstick] if against_itself else [])]
        if rng.random() < 0.5:
            order.reverse()  # the two of the yardstick stay adjacent, one of them to the student
        samples = [side.sample(pair, calls) for side in order]
        own, unit, *again = samples if order[0] is student else reversed(samples)
        spent.append(own)
        ratios.append(own.cpu_s / unit.cpu_s)
        itself += [sample.cpu_s / unit.cpu_s for sample in again]
        longest_s = max(longest_s, left_s - time_left())
    whole = total(spent)
    return Round(found, ratios, itself, whole.wall_s / whole.cpu_s, longest_s)


def _must_end(
    ratios: list[float], limit: float, needed_s: float, time_left: Callable[[], float]
) -> bool:
    """Whether the time runs out by no fault of the student's; otherwise a deadline ends it."""
    far_over = bool(ratios) and min(ratios) > _FAR * limit
    return needed_s > time_left() and not far_over


def _calls(student: Timed, yardstick: Timed) -> int:
    """How many calls make a sample; the first call of each warms caches and is discarded."""
    student.sample(0, 1)
    yardstick.sample(0, 1)
    return max(1, math.ceil(_ENOUGH * SAMPLE_S / yardstick.sample(0, 1).cpu_s))


def _agreed(first: Round, second: Round, limit: float) -> Zone:
    """Over, if both rounds say so and the machine could measure a difference of that size."""
    excess = min(statistics.median(round_.ratios) for round_ in (first, second)) / limit
    if second.zone is not Zone.OVER or excess < _CLEARLY_OVER:
        return Zone.OPEN
    logs = [math.log(ratio) for ratio in second.itself]
    middle = statistics.median(logs)
    spread = statistics.median(abs(value - middle) for value in logs)
    third = math.log(excess) / 3
    steady = abs(middle) <= max(_SKEW, third) and spread <= max(_SPREAD, third)
    return Zone.OVER if steady else Zone.OPEN
