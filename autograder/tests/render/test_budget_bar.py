"""Tests of the bars of budgets in the HTML report."""

import math
from xml.etree import ElementTree

import pytest

from autograder.model.outcome import Measurement
from autograder.render.html.budget_bar import budget_bar


def measurement(value: float, budget: float = 100.0) -> Measurement:
    """A memory measurement."""
    return Measurement(name="one_step", kind="memory", value=value, budget=budget, unit="bytes")


@pytest.mark.parametrize(
    ("value", "said", "striped"),
    [
        (0, "0 % of the budget, within", False),
        (99.9, "99 % of the budget, within", False),
        (100, "100 % of the budget, within", False),
        (100.1, "101 % of the budget, over", True),
        (5000, "50 x of the budget, over", True),
    ],
)
def test_a_bar_is_striped_only_beyond_the_budget(value: float, said: str, striped: bool) -> None:
    """Below and exactly at the budget is within. Above it is over, in words and stripes."""
    svg = budget_bar(measurement(value))

    assert ElementTree.fromstring(svg).findtext("title") == f"one step: {said}"
    assert ("beyond" in svg) == striped


@pytest.mark.parametrize("value", [0, 50, 100, 101, 1e9])
def test_a_bar_stays_in_its_track(value: float) -> None:
    """Nothing is drawn outside the bar, however large the value is."""
    root = ElementTree.fromstring(budget_bar(measurement(value)))
    width = float(root.attrib["width"])

    ends = (float(n.attrib.get("x", 0)) + float(n.attrib["width"]) for n in root.iter("rect"))
    assert all(0 <= end <= width for end in ends)


@pytest.mark.parametrize(("value", "budget"), [(math.nan, 1), (math.inf, 1), (1, 0), (1, math.nan)])
def test_a_share_that_is_no_number_has_no_bar(value: float, budget: float) -> None:
    """No bar is drawn instead of a wrong one."""
    assert budget_bar(measurement(value, budget)) == ""
