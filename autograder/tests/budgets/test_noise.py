"""Time budgets under noise: the machine's costs no points, and the program's own hides nothing.

Gradings are simulated on machines whose noise the tests make: up to three times as much as two
processors showed under eight busy processes.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from autograder.grading.budgets.sign_test import Zone
from autograder.grading.budgets.timing import SAMPLE_S, Sample, Timed, Timing, compare

Noise = Callable[[random.Random, int], tuple[float, float]]  # a factor, and seconds asleep
LIMIT = 2.5
NOISE: dict[str, Noise] = {
    "quiet": lambda rng, n: (rng.gauss(1.0, 0.02), 0.0),
    "wide": lambda rng, n: (rng.lognormvariate(0.0, 0.3), 0.0),
    "bursts": lambda rng, n: (rng.uniform(2.0, 6.0) if rng.random() < 0.08 else 1.0, 0.0),
    "two speeds": lambda rng, n: (1.8 if n % 9 < 4 else 1.0, 0.0),
    "late turns": lambda rng, n: (rng.lognormvariate(0.0, 0.1), rng.choice((0.0, 0.007, 0.02))),
}
HONEST = 0.8 * LIMIT  # the most that the proof of budgets lets right work take
RANDOMLY_SLOW = (1.2, 1.2, 2.2, 7.9)  # of which one is drawn for each call


class Side:
    """A program, or the yardstick, on a machine with this noise."""

    def __init__(self, rng: random.Random, noise: Noise, times: Callable[[int], float]) -> None:
        self._rng, self._noise, self._times = rng, noise, times
        self.slept_s = 0.0

    def sample(self, pair: int, calls: int) -> Sample:
        """So many times the seconds of a sample, made longer by the noise."""
        factor, late_s = self._noise(self._rng, pair)
        cpu_s = SAMPLE_S * self._times(pair) * factor
        slept_s = self.slept_s + late_s
        return Sample(cpu_s, cpu_s + slept_s, slept_s)


def grade(noise: Noise, times: Callable[[int], float], seed: int, slept_s: float = 0.0) -> Timing:
    """One verdict on a program that takes so many times the yardstick, and sleeps."""
    rng = random.Random(seed)

    @contextmanager
    def start() -> Iterator[tuple[Timed, Timed]]:
        student = Side(rng, noise, times)
        student.slept_s = slept_s
        yield student, Side(rng, noise, lambda pair: 1.0)

    return compare(start, LIMIT, rng)


def drawn(seed: int, *times: float) -> Callable[[int], float]:
    """One of these times for each call."""
    rng = random.Random(seed)
    return lambda _: rng.choice(times)


@pytest.mark.parametrize("name", NOISE)
def test_no_right_program_is_refused_in_two_thousand_gradings(name: str) -> None:
    """Four hundred for each kind of noise, of work as slow as a right program may be."""
    zones = [grade(NOISE[name], lambda pair: HONEST, seed).zone for seed in range(400)]
    assert Zone.OVER not in zones


@pytest.mark.parametrize("name", NOISE)
def test_too_slow_a_program_is_found_whatever_the_noise(name: str) -> None:
    """At 2.5 times the limit, which the proof of budgets asks of every program that must fail.

    The yardstick beside itself may be too noisy as well, in one of five where noise is widest.
    """
    zones = [grade(NOISE[name], lambda pair: 2.5 * LIMIT, seed).zone for seed in range(100)]
    assert zones.count(Zone.OVER) >= 75


def test_noise_of_the_programs_own_hides_nothing() -> None:
    """Half of the calls are quick and a quarter slow: the median alone would let it pass."""
    found = [grade(NOISE["quiet"], drawn(-seed, *RANDOMLY_SLOW), seed) for seed in range(200)]
    over = [timing for timing in found if timing.zone is Zone.OVER]
    assert len(over) >= 170
    assert all(timing.ratio > 2 * LIMIT for timing in over)
    assert all("it varies" in timing.interval() for timing in over)


def test_a_program_that_varies_within_its_budget_passes_without_a_note() -> None:
    """Quick after a first slow call, as with a table that is made once; or with two ways."""
    for times in ((0.2, 0.8), (0.5, 1.0, 2.0)):
        timing = grade(NOISE["quiet"], drawn(3, *times), 1)
        assert timing.zone is Zone.WITHIN
        assert timing.ratio <= LIMIT


def test_sleep_counts_and_is_named() -> None:
    """Six times the yardstick asleep; what the yardstick's own samples show is no sleep."""
    timing = grade(NOISE["quiet"], lambda pair: 1.0, 1, slept_s=6 * SAMPLE_S)
    assert timing.zone is Zone.OVER
    assert timing.ratio == pytest.approx(7.0, rel=0.1)
    assert "86% of the time it sleeps or waits" in timing.interval()


def test_who_sleeps_the_time_away_is_not_undecided() -> None:
    """With no time left for another pair, it goes on to the deadline, which ends it."""
    rng = random.Random(1)
    left_s = iter(range(100, -(10**6), -20))

    @contextmanager
    def start() -> Iterator[tuple[Timed, Timed]]:
        student = Side(rng, NOISE["quiet"], lambda pair: 1.6 * LIMIT)
        student.slept_s = 17.0
        yield student, Side(rng, NOISE["quiet"], lambda pair: 1.0)

    assert compare(start, LIMIT, rng, lambda: float(next(left_s))).zone is Zone.OVER
