"""The charts of a class report, as inline SVG: how scores and budgets are distributed, who passed.

What is over or has failed is orange and striped, the rest is blue and plain: neither needs an eye
for colours. A screen reader announces the title and the description. Called by the template.
"""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from autograder.classroom.outputs.class_page.check_figures import BudgetFigures, CheckFigures
from autograder.model.units import counted, show_points
from autograder.render.html.svg import element, striped

BAR_WIDTH = 300  # of a check
BAR_HEIGHT = 14
COLUMN = 32  # of a distribution
FILLED = 26  # of a column, by its bar
TALLEST = 70
ABOVE, BELOW = 16, 20  # a bar: its number and its label

_SCORE_COLUMNS = 10  # below full marks
# The first columns end at these shares of a budget, the last one is what is above all of them.
_SHARES = ((0.125, "1/8"), (0.25, "1/4"), (0.5, "1/2"), (0.8, "0.8"), (1.0, "1"))
_SHARES_OVER = ((1.25, "1.25"), (2.0, "2"), (4.0, "4"))


class Bar(NamedTuple):
    """One column of a distribution."""

    label: str  # below the bar
    said: str  # by a screen reader: "up to 0.8"
    number: int
    over: bool = False


def score_chart(scores: Sequence[float], points: float) -> str:
    """How many submissions have how many points: ten columns below full marks, and full marks."""
    edges = [points * at / _SCORE_COLUMNS for at in range(_SCORE_COLUMNS + 1)]
    bars = []
    for low, high in pairwise(edges):
        said = f"from {_short(low)} to less than {_short(high)}"
        bars.append(Bar(_short(low), said, sum(low <= score < high for score in scores)))
    full = sum(score >= points for score in scores)
    bars.append(Bar(_short(points), f"{_short(points)} or more", full))
    return _distribution(f"Scores of {counted(len(scores), 'submission')}", bars)


def budget_chart(budget: BudgetFigures) -> str:
    """How many submissions used how much of a budget; what is over it is striped."""
    bars, low = [], -1.0
    for share, label in (*_SHARES, *_SHARES_OVER):
        count = sum(low < used <= share for used in budget.shares)
        bars.append(Bar(label, f"up to {label} times the budget", count, share > 1))
        low = share
    more = sum(used > low for used in budget.shares)
    bars.append(Bar("more", "more", more, True))
    used = counted(len(budget.shares), "submission")
    title = f"{budget.name}: {used}, {budget.over} over the budget"
    return _distribution(title, bars, mark_after=len(_SHARES))


def passed_bar(check: CheckFigures) -> str:
    """A bar of all submissions: passed, striped for not passed, pale for skipped or undecided."""
    total = max(check.verdicts.total(), 1)
    passed, failed = (BAR_WIDTH * count / total for count in (check.passed, check.failed))
    body = element("title", escape(check.share_text))
    body += element("desc", escape(check.verdicts_text or "no other verdict"))
    body += element("rect", class_="track", width=BAR_WIDTH, height=BAR_HEIGHT, rx=3)
    if passed:
        body += element("rect", class_="used", width=passed, height=BAR_HEIGHT)
    if failed:
        body += striped(passed, 0, failed, BAR_HEIGHT)
    return element("svg", body, class_="bar", viewBox=f"0 0 {BAR_WIDTH} {BAR_HEIGHT}", role="img")


def _distribution(title: str, bars: Sequence[Bar], mark_after: int | None = None) -> str:
    """A column for each bar, its number above it; a line after so many of them is the budget."""
    most = max([1, *(bar.number for bar in bars)])
    width, height = COLUMN * len(bars), ABOVE + TALLEST + BELOW
    body = element("title", escape(title)) + element("desc", escape(_said(bars)))
    body += element("line", class_="axis", x1=0, x2=width, y1=ABOVE + TALLEST, y2=ABOVE + TALLEST)
    for number, bar in enumerate(bars):
        body += _column(COLUMN * number, bar, TALLEST * bar.number / most)
    if mark_after is not None:
        x = COLUMN * mark_after
        body += element("line", class_="mark", x1=x, x2=x, y1=0, y2=ABOVE + TALLEST + 4)
    box = f"0 0 {width} {height}"
    return element("svg", body, class_="distribution", viewBox=box, role="img")


def _column(x: float, bar: Bar, tall: float) -> str:
    middle, y = x + COLUMN / 2, ABOVE + TALLEST - tall
    label = element("text", escape(bar.label), class_="label middle", x=middle, y=y + tall + 14)
    if not bar.number:
        return label
    left = x + (COLUMN - FILLED) / 2
    drawn = striped(left, y, FILLED, tall)
    if not bar.over:
        drawn = element("rect", class_="used", x=left, y=y, width=FILLED, height=tall)
    return (
        drawn + element("text", str(bar.number), class_="label middle", x=middle, y=y - 4) + label
    )


def _said(bars: Iterable[Bar]) -> str:
    shown = [f"{bar.said}: {bar.number}" for bar in bars if bar.number]
    return "; ".join(shown) or "no submission"


def _short(points: float) -> str:
    return show_points(round(points, 1))
