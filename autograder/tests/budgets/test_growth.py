"""The exponent of growth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.grading.budgets.growth import growth_exponent


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
