"""CPU time of a student's call as a multiple of a yardstick timed in the same moments.

Pairs of one student sample and one yardstick sample, adjacent and in random order, until the sign
test can tell (7 to 41 pairs). A call that is not within is measured again with a fresh pair of
workers, and this time the yardstick also against itself: a machine that cannot measure one and the
same thing twice decides nothing. The clocks are read by the grader, outside both workers.

A program cannot hide behind noise of its own making. Where it sleeps, the time counts; and where it
varies by more than the yardstick of the same pairs, its slow calls are compared with twice the
limit.
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
_FAR = 2.0  # times the limit: so slow is a call that runs out of time, or varies, by its own fault
_WARM_UP = 4  # pairs: about what starting a second round takes, and its first pair
_NO_END_S = 1e9
_SKEW, _SPREAD = 0.1, 0.35  # what the yardstick against itself may show, in log ratios
_VARIES, _TIMES_THE_YARDSTICKS = 0.2, 2.0  # a program varies: deviation of the logs of its times
_MANY = 17  # pairs, the fewest that decide on a program that varies
_LARGEST = 3  # of its ratios are left out, whatever they are
_SHOWN = 0.2  # of the wall time: what is said of sleep


class Sample(NamedTuple):
    """What one side took."""

    cpu_s: float
    wall_s: float
    slept_s: float = 0.0  # of the wall time: neither computing nor waiting for a processor


def total(samples: Iterable[Sample]) -> Sample:
    """The sum of several samples."""
    return Sample(*map(math.fsum, zip(*samples, strict=True)))


class Timed(Protocol):
    """One side of the pairs, in a worker of its own."""

    def sample(self, pair: int, calls: int) -> Sample:
        """Time `calls` calls on new inputs, those of this pair; raises if a value is wrong."""


Pair = tuple[Timed, Timed]  # student, yardstick
StartPair = Callable[[], AbstractContextManager[Pair]]


class Round:
    """Pairs measured with one pair of workers, and what they show."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self.own: list[Sample] = []
        self.unit: list[Sample] = []
        self.itself: list[float] = []  # the yardstick against itself
        self.longest_s = 0.0  # that a pair took of the time that is left
        self.zone = Zone.OPEN

    @property
    def slept_s(self) -> float:
        """Of a sample, beyond what the yardstick's do: waiting for the grader shows in both."""
        beyond = [own.slept_s - unit.slept_s for own, unit in zip(self.own, self.unit, strict=True)]
        return max(0.0, statistics.median(beyond)) if beyond else 0.0

    @property
    def ratios(self) -> list[float]:
        """Of what counts of each pair: CPU time, and the time that the student's side sleeps."""
        slept_s = self.slept_s
        pairs = zip(self.own, self.unit, strict=True)
        return [(own.cpu_s + slept_s) / unit.cpu_s for own, unit in pairs]

    @property
    def varies(self) -> bool:
        """Whether the student's times spread by so much more than the yardstick's."""
        own, unit = (
            statistics.pstdev(math.log(sample.cpu_s) for sample in side)
            for side in (self.own, self.unit)
        )
        return own > max(_VARIES, _TIMES_THE_YARDSTICKS * unit)

    @property
    def level(self) -> float:
        """What is compared: the median; of times that vary, the mean or the third largest if that
        is more, without the three largest."""
        ratios = sorted(self.ratios)
        middle = statistics.median(ratios)
        if len(ratios) < _MANY or not self.varies:
            return middle
        rest = ratios[:-_LARGEST]
        return max(middle, statistics.fmean(rest), rest[-_LARGEST])

    def found(self, last: bool) -> Zone:
        """What the pairs show so far; `last`: there will be no more."""
        if not self.own:
            return Zone.OPEN
        ratios = self.ratios
        found = zone(ratios, self._limit)
        if found is not Zone.WITHIN and (found is Zone.OVER or len(ratios) < _MANY):
            return found
        if len(ratios) < _MANY:
            return Zone.OPEN if max(ratios) > self._limit or self.varies else found
        if max(ratios) <= _FAR * self._limit or not self.varies:
            return found
        if not last:
            return Zone.OPEN
        return Zone.OVER if self.level > _FAR * self._limit else found

    def timing(self, zone: Zone, earlier: int = 0) -> "Timing":
        """Its figures, with so many pairs of an earlier round."""
        whole, ratios = total(self.own), self.ratios
        timing = timing_of(zone, ratios, earlier + len(ratios), whole.wall_s / whole.cpu_s)
        shown = self.level if zone is Zone.OVER else timing.ratio
        return timing._replace(ratio=shown, slept=self.slept_s * len(self.own) / whole.wall_s)


class Timing(NamedTuple):
    """Where a ratio of times lies, and the figures of the round that led to it."""

    zone: Zone
    ratio: float  # the median, or of times that vary, what is too much
    low: float  # of the median's 95 % confidence interval
    high: float
    pairs: int
    overhead: float  # time: the student's wall over CPU time; speed-up: CPU time of many over one's
    slept: float = 0.0  # which part of the wall time

    def interval(self) -> str:
        """The confidence interval in words, and what is unusual."""
        words = f"95 % interval {self.low:.2f} to {self.high:.2f} from {self.pairs} pairs"
        if self.ratio > self.high:
            words = f"median {self.low:.2f} to {self.high:.2f} from {self.pairs} pairs, but slow"
            words += " calls too often: it varies, and the yardstick beside it does not"
        if self.slept > _SHOWN:
            words += f"; {self.slept:.0%} of the time it sleeps or waits, which counts"
        return words


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
    if first.zone is Zone.WITHIN or hurry:
        return first.timing(Zone.OPEN if first.zone is Zone.OVER else first.zone)
    with start() as pair:
        second = _round(pair, limit, rng, time_left, against_itself=True)
    return second.timing(_agreed(first, second, limit), len(first.own))


def _round(
    sides: Pair,
    limit: float,
    rng: random.Random,
    time_left: Callable[[], float],
    against_itself: bool,
) -> Round:
    student, yardstick = sides
    calls = _calls(student, yardstick, limit)
    pairs = Round(limit)
    while (number := len(pairs.own) + 1) <= MOST and pairs.found(last=False) is Zone.OPEN:
        if pairs.own and _must_end(pairs.ratios, limit, pairs.longest_s, time_left):
            break
        left_s = time_left()
        order = [student, yardstick, *([yardstick] if against_itself else [])]
        if rng.random() < 0.5:
            order.reverse()  # the two of the yardstick stay adjacent, one of them to the student
        samples = [side.sample(number, calls) for side in order]
        own, unit, *again = samples if order[0] is student else reversed(samples)
        pairs.own.append(own)
        pairs.unit.append(unit)
        pairs.itself += [sample.cpu_s / unit.cpu_s for sample in again]
        pairs.longest_s = max(pairs.longest_s, left_s - time_left())
    pairs.zone = pairs.found(last=True)
    return pairs


def _must_end(
    ratios: list[float], limit: float, needed_s: float, time_left: Callable[[], float]
) -> bool:
    """Whether the time runs out by no fault of the student's; otherwise a deadline ends it."""
    far_over = statistics.fmean(ratios) > _FAR * limit
    return needed_s > time_left() and not far_over


def _calls(student: Timed, yardstick: Timed, limit: float) -> int:
    """How many calls make a sample of what is just at the limit.

    The first call of each warms caches and is discarded.
    """
    student.sample(0, 1)
    yardstick.sample(0, 1)
    at_limit_s = max(1.0, limit) * yardstick.sample(0, 1).cpu_s
    return max(1, math.ceil(_ENOUGH * SAMPLE_S / at_limit_s))


def _agreed(first: Round, second: Round, limit: float) -> Zone:
    """Over, if both rounds say so and the machine could measure a difference of that size."""
    if Zone.OVER not in (first.zone, second.zone):
        return second.zone
    excess = min(first.level, second.level) / limit
    if first.zone is not second.zone or excess < _CLEARLY_OVER:
        return Zone.OPEN
    logs = [math.log(ratio) for ratio in second.itself]
    middle = statistics.median(logs)
    spread = statistics.median(abs(value - middle) for value in logs)
    third = math.log(excess) / 3
    steady = abs(middle) <= max(_SKEW, third) and spread <= max(_SPREAD, third)
    return Zone.OVER if steady else Zone.OPEN
