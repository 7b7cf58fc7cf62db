"""A report as one HTML file that needs nothing else: no script, no font, no address.

Called by `autograder check --html`. The templates beside it call the functions of `render` that
put outcomes and reports into words.
"""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING

from autograder.grading.declaring.explanation import MISTAKES, Explanation, Passage
from autograder.model.report import Report
from autograder.model.units import show_seconds
from autograder.model.verdict import Verdict
from autograder.render import outcome_text, summary
from autograder.render.disclosure import presentable
from autograder.render.html.budget_bar import budget_bar, used_text
from autograder.render.html.timeline import timeline_svg
from autograder.render.leaderboard import leaderboard

if TYPE_CHECKING:
    from jinja2 import Environment


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
    environment = _environment()
    style = environment.get_template("style.css.j2").render()
    return environment.get_template("report.html.j2").render(
        report=shown,
        staff=staff,
        style=style,
        style_hash=b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        passages=_passages(shown, explanations or {}, staff),
        leaderboard=leaderboard(shown),
    )


def _environment() -> "Environment":
    # Imported here: the command line pays for these only when it writes a page.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from autograder.render.html.markdown import code_spans, inline_markdown

    environment = Environment(
        loader=PackageLoader("autograder.render.html", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"code_spans": code_spans, "inline_markdown": inline_markdown}
    environment.globals |= {
        "say": outcome_text,
        "summary": summary,
        "budget_bar": budget_bar,
        "used_text": used_text,
        "timeline_svg": timeline_svg,
        "show_seconds": show_seconds,
        "verdicts": tuple(Verdict),
    }
    return environment


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
