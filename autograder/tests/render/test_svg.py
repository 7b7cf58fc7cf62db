"""Tests of bars and charts."""

import math
import re
from collections.abc import Sequence
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.model.outcome import Curve, Measurement
from autograder.render.html.axis import MOST_TICKS, axis_of
from autograder.render.html.chart import line_chart
from autograder.render.html.svg import budget_bar


def curve(x: Sequence[float], y: Sequence[float], name: str = "loss") -> Curve:
    """A curve over epochs."""
    return Curve(name=name, x=tuple(x), y=tuple(y), x_label="epoch", y_label="loss")


def measurement(value: float, budget: float = 100.0) -> Measurement:
    """A memory measurement."""
    return Measurement(name="one_step", kind="memory", value=value, budget=budget, unit="bytes")


def texts(svg: str) -> list[str]:
    """Every text drawn, in order; also proves that the markup is well-formed."""
    return [node.text or "" for node in ElementTree.fromstring(svg).iter("text")]


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
    """Just below and exactly at the budget are within; just above is over, in words and stripes."""
    svg = budget_bar(measurement(value))

    assert ElementTree.fromstring(svg).findtext("title") == f"one step: {said}"
    assert ("beyond" in svg) == striped


@pytest.mark.parametrize("value", [0, 50, 100, 101, 1e9])
def test_a_bar_stays_in_its_track(value: float) -> None:
    """However far over, nothing is drawn outside the bar."""
    root = ElementTree.fromstring(budget_bar(measurement(value)))
    width = float(root.attrib["width"])

    ends = (float(n.attrib.get("x", 0)) + float(n.attrib["width"]) for n in root.iter("rect"))
    assert all(0 <= end <= width for end in ends)


@pytest.mark.parametrize(("value", "budget"), [(math.nan, 1), (math.inf, 1), (1, 0), (1, math.nan)])
def test_a_share_that_is_no_number_has_no_bar(value: float, budget: float) -> None:
    """Nothing is drawn rather than something wrong."""
    assert budget_bar(measurement(value, budget)) == ""


def test_a_chart_names_its_curves_axes_and_values() -> None:
    """Legend, labels and ticks are texts; title and description tell the rest without a picture."""
    svg = line_chart([curve(range(5), [2, 1.5, 1.2, 1.1, 1]), curve(range(5), [2] * 5, "flat")])

    assert {"loss", "flat", "epoch", "1.2", "4"} <= set(texts(svg))
    root = ElementTree.fromstring(svg)
    assert root.findtext("title") == "loss and flat"
    assert "loss: 5 points, from 2 to 1, lowest 1, highest 2" in (root.findtext("desc") or "")


def test_a_wide_crowded_range_is_logarithmic_and_says_so() -> None:
    """A loss falling over decades gets a log axis, evenly spread values of the same span do not."""
    falling = line_chart([curve(range(60), [0.8**i for i in range(60)])])
    even = line_chart([curve(range(60), range(1, 61 * 10, 10))])

    assert "loss (log scale)" in texts(falling)
    assert "epoch (log scale)" not in texts(falling)
    assert "loss (log scale)" not in texts(even)


def test_a_gap_interrupts_the_line() -> None:
    """Points that are not finite are left out, counted, and not bridged."""
    svg = line_chart([curve(range(6), [1, 2, math.nan, math.inf, 3, 4])])

    assert svg.count("<polyline") == 2
    assert "2 not finite" in svg
    assert not re.search(r'"[^"]*(nan|inf)[^"]*"', svg)


def test_a_long_curve_is_thinned_but_keeps_its_spike() -> None:
    """Sixty thousand points become a few hundred, the highest among them."""
    values = [0.0] * 60_000
    values[31_234] = 5.0

    svg = line_chart([curve(range(60_000), values)])

    heights = [float(p.split(",")[1]) for p in re.findall(r"[\d.]+,[\d.]+", svg)]
    assert len(svg) < 20_000
    assert heights.count(min(heights)) == 1


@pytest.mark.parametrize("y", [[], [7], [7, 7], [math.nan], [-1e308, 1.7e308], [5e-324, 1e-320]])
def test_odd_curves_are_drawn(y: list[float]) -> None:
    """None, one, equal, missing and extreme values give a well-formed chart."""
    assert "epoch" in texts(line_chart([curve(range(len(y)), y)]))


def test_a_chart_escapes_its_names() -> None:
    """A curve's name is text, also when it looks like markup."""
    svg = line_chart([curve([0, 1], [0, 1], "<script>alert(1)</script>")])

    assert "<script" not in svg
    assert "<script>alert(1)</script>" in texts(svg)


def test_no_curves_no_chart() -> None:
    """Nothing to draw is nothing."""
    assert line_chart([]) == ""


@given(st.lists(st.floats(), min_size=1, max_size=30), st.booleans())
def test_every_value_has_its_place_on_the_axis(values: list[float], round_ends: bool) -> None:
    """Finite values fall between the ends, and ticks are few, ascending and within."""
    axis = axis_of(values, round_ends=round_ends)

    places = [axis.place(value) for value in values if math.isfinite(value)]
    assert all(-1e-6 <= place <= 1 + 1e-6 for place in places)
    ticks = axis.ticks()
    assert ticks == sorted(ticks)
    assert len(ticks) <= 3 * (MOST_TICKS + 1)
    assert all(-1e-6 <= axis.place(tick) <= 1 + 1e-6 for tick in ticks)
