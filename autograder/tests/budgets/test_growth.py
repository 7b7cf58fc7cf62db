"""The exponent of growth, and the statistics of paired times."""

import math
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.budgets.growth import growth_exponent
from autograder.budgets.timing import PAIRS, SAMPLE_S, compare


@given(st.floats(-2, 4), st.floats(0.1, 1e6))
def test_a_power_law_gives_its_exponent(exponent: float, factor: float) -> None:
    """Counts c * n^p give p, whatever c is, as long as they stay above one step."""
    sizes = [10, 20, 50, 100]
    counts = [max(1.0, factor * 1e9) * n**exponent for n in sizes]
    assert growth_exponent(sizes, counts) == pytest.approx(exponent, abs=1e-9)


def test_constant_and_zero_counts_do_not_grow() -> None:
    """A count that stays, or is never seen, has exponent 0."""
    assert growth_exponent([1, 10, 100], [7, 7, 7]) == pytest.approx(0)
    assert growth_exponent([1, 10, 100], [0, 0, 0]) == 0


class Clock:
    """A timed side whose seconds are given by a function of the pair, and which notes its calls."""

    def __init__(self, seconds: Callable[[int], float]) -> None:
        self._seconds, self._pair = seconds, 0
        self.log: list[str] = []

    def prepare(self, pair: int) -> None:
        """Note the pair."""
        self._pair = pair
        self.log.append(f"prepare {pair}")

    def run(self) -> float:
        """The seconds of this pair."""
        self.log.append("run")
        return self._seconds(self._pair)

    def verify(self) -> None:
        """Note it."""
        self.log.append("verify")


def test_the_ratio_is_the_median_of_pairs() -> None:
    """A machine that changes its speed from pair to pair does not change the ratio."""
    drift = [1 + 0.5 * math.sin(n) for n in range(100)]
    ratio = compare(
        Clock(lambda n: 0.3 * drift[n]), Clock(lambda n: 0.1 * drift[n]), random.Random(1)
    )
    assert ratio.median == pytest.approx(3)
    assert ratio.low == pytest.approx(3)
    assert ratio.pairs == PAIRS


def test_a_few_outliers_do_not_move_the_median() -> None:
    """Pairs disturbed by other programs change the shown spread, not the verdict."""
    ratio = compare(
        Clock(lambda n: 10.0 if n % 5 == 0 else 0.2), Clock(lambda n: 0.1), random.Random(1)
    )
    assert ratio.median == pytest.approx(2)


def test_short_calls_are_repeated_and_every_sample_is_verified() -> None:
    """A sample has at least SAMPLE_S; each pair has new inputs and its result is looked at."""
    clock = Clock(lambda n: SAMPLE_S / 10)
    compare(clock, Clock(lambda n: SAMPLE_S), random.Random(1))
    assert clock.log.count("verify") == PAIRS + 1
    assert [row for row in clock.log if row.startswith("prepare")] == [
        f"prepare {n}" for n in range(PAIRS + 1)
    ]
    assert clock.log.count("run") == 2 + 10 * PAIRS


def test_a_clock_that_stands_still_is_no_division_by_zero() -> None:
    """Zero seconds, as a coarse clock may give, count as a nanosecond."""
    ratio = compare(Clock(lambda n: 0.0), Clock(lambda n: 1.0), random.Random(1))
    assert 0 < ratio.median < 1e-6
