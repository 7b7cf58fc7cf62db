"""A report as one HTML file that needs nothing else.

Called by `autograder check --html`. The templates beside it call the functions of `render` that
put outcomes and reports into words.
"""

from collections.abc import Mapping

from autograder.grading.declaring.explanation import MISTAKES, Explanation, Passage
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.render import summary
from autograder.render.disclosure import presentable
from autograder.render.html.budget_bar import budget_bar, used_text
from autograder.render.html.frame import framed
from autograder.render.html.timeline import timeline_svg
from autograder.render.leaderboard import leaderboard


def render(
    report: Report,
    *,
    staff: bool = False,
    explanations: Mapping[str, Explanation] | None = None,
) -> str:
    """The page; without `staff`, only what a student may see. Equal reports produce equal pages.

    `explanations`, by check id, are shown below their checks: to students of visible ones only.
    """
    shown = presentable(report, staff=staff)
    values = {
        "report": shown,
        "staff": staff,
        "passages": _passages(shown, explanations or {}, staff),
        "leaderboard": leaderboard(shown),
        "summary": summary,
        "budget_bar": budget_bar,
        "used_text": used_text,
        "timeline_svg": timeline_svg,
    }
    return framed("report.html.j2", values)


def _passages(
    report: Report, explanations: Mapping[str, Explanation], staff: bool
) -> dict[str, tuple[Passage, ...]]:
    """What each check does; of hidden checks for staff only, whatever was passed in.

    Mistakes that a check recognises are not listed where it has passed: none was made.
    """
    shown = {o.check.id: o for o in report.outcomes if staff or o.check.visible}
    return {
        name: tuple(
            passage
            for passage in explanations[name].passages
            if passage.label != MISTAKES or outcome.verdict is not Verdict.PASSED
        )
        for name, outcome in shown.items()
        if name in explanations
    }
