"""A report as one HTML file that needs nothing else: no script, no font, no address."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from autograder.grading.declaring.explanation import Explanation, Passage
from autograder.model.outcome import Measurement, Outcome
from autograder.model.report import Report
from autograder.model.units import show_points, show_seconds
from autograder.model.verdict import Verdict
from autograder.render.html.svg import budget_bar
from autograder.render.leaderboard import leaderboard
from autograder.render.predictions import PredictionView, prediction_views
from autograder.render.presentable import presentable
from autograder.render.summary import (
    PartSummary,
    count_text,
    explanation,
    measurement_text,
    next_steps,
    parts_of,
    score_text,
    share_text,
    title_of,
    total_text,
    unseen_points,
    used_share,
)
from autograder.render.terminal.sections import tone_of

if TYPE_CHECKING:
    from jinja2 import Environment


class BudgetView(NamedTuple):
    """One measurement, drawn."""

    name: str
    text: str
    verdict: str  # "within" or "over", with the share where there is one
    within: bool
    detail: str
    bar: str  # SVG, safe


class CheckView(NamedTuple):
    """One outcome as the template shows it."""

    outcome: Outcome
    title: str
    score: str
    tone: str
    explanation: list[str]
    budgets: list[BudgetView]
    predictions: list[PredictionView]
    took: str  # CPU time, empty where it is not told
    passages: tuple[Passage, ...]  # what the check does


class PartView(NamedTuple):
    """One part and its checks."""

    id: str
    title: str
    optional: bool
    passed: int
    score: str
    points: str
    checks: list[CheckView]


def render(
    report: Report,
    *,
    staff: bool = False,
    explanations: Mapping[str, Explanation] | None = None,
) -> str:
    """The page; without `staff`, only what a student may see. Equal reports give equal pages.

    `explanations`, by check id, are shown below their checks: to students of visible ones only.
    """
    shown = presentable(report, staff=staff)
    passages = _passages(shown, explanations or {}, staff)
    environment = _environment()
    style = environment.get_template("style.css.j2").render()
    return environment.get_template("report.html.j2").render(
        report=shown,
        staff=staff,
        style=style,
        style_hash=b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        parts=[_part_view(row, passages) for row in parts_of(shown)],
        total=total_text(shown),
        counts=count_text(shown),
        leaderboard=leaderboard(shown),
        unseen=show_points(unseen_points(shown)) if unseen_points(shown) else "",
        steps=[] if staff else next_steps(shown),
        verdicts=[(verdict, tone_of(verdict).value) for verdict in Verdict],
    )


def _environment() -> "Environment":
    # Imported here: the command line pays for jinja2 only when it writes a page.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("autograder.render.html", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _passages(
    report: Report, explanations: Mapping[str, Explanation], staff: bool
) -> dict[str, tuple[Passage, ...]]:
    """What is said of each check; of hidden ones to staff only, whatever was given."""
    told = [o.check.id for o in report.outcomes if staff or o.check.visible]
    return {name: explanations[name].passages for name in told if name in explanations}


def _part_view(row: PartSummary, passages: Mapping[str, tuple[Passage, ...]]) -> PartView:
    return PartView(
        id=row.part.id,
        title=row.part.title,
        optional=row.part.optional,
        passed=row.passed,
        score=show_points(row.score),
        points=show_points(row.points),
        checks=[_check_view(o, passages.get(o.check.id, ())) for o in row.outcomes],
    )


def _check_view(outcome: Outcome, passages: tuple[Passage, ...]) -> CheckView:
    return CheckView(
        outcome=outcome,
        title=title_of(outcome.check),
        score=score_text(outcome),
        tone=tone_of(outcome.verdict).value,
        explanation=explanation(outcome),
        budgets=[_budget_view(measurement) for measurement in outcome.measurements],
        predictions=prediction_views(outcome),
        took=show_seconds(outcome.cpu_s) if outcome.cpu_s > 0 else "",
        passages=passages,
    )


def _budget_view(measurement: Measurement) -> BudgetView:
    share = used_share(measurement)
    kept = "within" if measurement.within else "over"
    return BudgetView(
        name=measurement.name.replace("_", " "),
        text=measurement_text(measurement),
        verdict=kept if share is None else f"{kept}, {share_text(share)}",
        within=measurement.within,
        detail=measurement.detail,
        bar=budget_bar(measurement),
    )
