"""Points in words, extra credit apart from what an assignment asks for.

Called by the summaries of the terminal, the HTML report, results.json and the log for staff.
"""

from collections.abc import Iterable
from typing import NamedTuple

from autograder.model.check import CheckDeclaration
from autograder.model.report import Report
from autograder.model.units import show_points


class Points(NamedTuple):
    """What was earned, and what could be, in the checks that are counted."""

    score: float
    points: float
    extra_score: float
    extra_points: float

    @property
    def text(self) -> str:
        """`41 of 60 points, and 2 of 5 of extra credit`."""
        core = f"{show_points(self.score)} of {show_points(self.points)} points"
        extra = f"{show_points(self.extra_score)} of {show_points(self.extra_points)}"
        return f"{core}, and {extra} of extra credit" if self.extra_points else core


def points_of(checks: Iterable[tuple[CheckDeclaration, float]]) -> Points:
    """Of these checks, each with its score."""
    rows = [(check.optional, score, check.points) for check, score in checks]
    sums = [
        round(sum(row[column] for row in rows if row[0] is optional), 6)
        for optional in (False, True)
        for column in (1, 2)
    ]
    return Points(*sums)


def points_in(report: Report) -> Points:
    """Of the checks that ran."""
    return points_of((outcome.check, outcome.score) for outcome in report.outcomes)


def unseen_points(report: Report) -> Points:
    """What the parts are worth beyond the checks that ran; nothing of it is earned."""
    ran = points_in(report)
    sums = [
        round(sum(part.points for part in report.parts if part.optional is optional), 6)
        for optional in (False, True)
    ]
    return Points(0.0, max(0.0, sums[0] - ran.points), 0.0, max(0.0, sums[1] - ran.extra_points))
