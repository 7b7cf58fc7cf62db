"""The sign test: its tables, and what it answers under known noise."""

import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.grading.budgets.sign_test import FEWEST, MOST, Zone, at_least, median_interval, zone

Ratios = st.lists(st.floats(0.01, 100.0), min_size=1, max_size=MOST)


def test_tails_are_those_of_the_fair_coin() -> None:
    """Exact values, and the symmetry of the coin."""
    assert at_least(7, 7) == 1 / 128
    assert at_least(0, 9) == 1
    assert at_least(2, 3) == 0.5
    for k in range(12):
        assert at_least(k, 11) == pytest.approx(1 - at_least(11 - k + 1, 11))


@pytest.mark.parametrize(
    ("pairs", "cut"), [(3, 0), (5, 0), (6, 0), (9, 1), (15, 3), (17, 4), (41, 13)]
)
def test_the_interval_of_a_median_is_the_tabulated_one(pairs: int, cut: int) -> None:
    """The 95 % order statistics that tables of the sign test give."""
    assert median_interval(range(pairs)) == (cut, pairs - 1 - cut)


@given(Ratios)
def test_the_median_is_in_its_interval(ratios: list[float]) -> None:
    """Whatever the values are."""
    low, high = median_interval(ratios)
    assert low <= statistics.median(ratios) <= high


@pytest.mark.parametrize(
    ("ratios", "expected"),
    [
        ([1.0] * 6, Zone.OPEN),
        ([1.0] * 7, Zone.WITHIN),
        ([3.0] * 7, Zone.WITHIN),  # exactly on the limit is within
        ([1.0] * 6 + [9.0], Zone.OPEN),
        ([1.0] * 9 + [9.0], Zone.OPEN),
        ([1.0] * 10 + [9.0], Zone.WITHIN),
        ([4.0] * 16, Zone.OPEN),
        ([4.0] * 17, Zone.OVER),
        ([4.0] * 20 + [1.0], Zone.OPEN),
        ([4.0] * 21 + [1.0], Zone.OVER),
        ([6.1] * 6, Zone.OPEN),
        ([6.1] * 7, Zone.OVER),
        ([6.1] * 6 + [5.9], Zone.OPEN),
        ([24.1] * 2, Zone.OPEN),
        ([24.1] * 3, Zone.OVER),
        ([24.1] * 2 + [1.0], Zone.OPEN),
    ],
)
def test_so_many_pairs_decide_at_a_limit_of_three(ratios: list[float], expected: Zone) -> None:
    """7 of 7 are within, 17 of 17 over; 7 or 3 if they are far over."""
    assert zone(ratios, 3.0) is expected


@given(Ratios, st.floats(0.5, 5.0))
def test_the_order_of_pairs_and_the_unit_do_not_matter(ratios: list[float], scale: float) -> None:
    """Powers of two scale ratios and limit without rounding."""
    exact = 2.0 ** round(scale)
    assert zone(ratios, 3.0) is zone(sorted(ratios), 3.0)
    assert zone(ratios, 3.0) is zone([ratio * exact for ratio in ratios], 3.0 * exact)


def sequential(true_ratio: float, limit: float, noise: float, rng: random.Random) -> Zone:
    """One round on a machine whose log ratios have this standard deviation."""
    ratios: list[float] = []
    while (found := zone(ratios, limit)) is Zone.OPEN and len(ratios) < MOST:
        ratios.append(true_ratio * rng.lognormvariate(0.0, noise))
    return found


def test_an_honest_ratio_is_within_after_about_nine_pairs() -> None:
    """Twice the measured noise of CPU time, at the smallest margin that calibration allows."""
    rng = random.Random(1)
    assert all(sequential(1.0, 1.5, 0.2, rng) is Zone.WITHIN for _ in range(500))
    lengths = []
    for _ in range(300):
        ratios: list[float] = []
        while zone(ratios, 1.5) is Zone.OPEN:
            ratios.append(rng.lognormvariate(0.0, 0.2))
        lengths.append(len(ratios))
    assert FEWEST <= statistics.mean(lengths) < 10


def test_noise_never_makes_what_sits_on_the_limit_too_slow() -> None:
    """500 rounds exactly on the limit, where half of all pairs are above it."""
    rng = random.Random(2)
    found = [sequential(3.0, 3.0, 0.5, rng) for _ in range(500)]
    assert found.count(Zone.OVER) == 0


@pytest.mark.parametrize("times", [2.0, 3.0])
def test_double_work_is_found_over_through_noise(times: float) -> None:
    """At a limit of 1.5 with the measured noise; what is not found is open, never within."""
    rng = random.Random(3)
    found = [sequential(times, 1.5, 0.15, rng) for _ in range(300)]
    assert found.count(Zone.OVER) >= 0.95 * 300
    assert found.count(Zone.WITHIN) == 0
