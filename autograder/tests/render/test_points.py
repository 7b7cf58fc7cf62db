"""Totals: extra credit apart, and what hidden checks may add."""

import io

from autograder.model.report import Report
from autograder.render.points import points_in
from autograder.render.terminal.console import TerminalReporter
from autograder.tests.render.reports import full_report, passing_report


def shown(report: Report) -> str:
    """What a reporter writes at the end."""
    stream = io.StringIO()
    TerminalReporter(stream, title="SGD", width=120).finish(report)
    return stream.getvalue()


def test_the_total_says_what_hidden_checks_may_add() -> None:
    """If parts are worth more than the checks that ran, below the total; extra credit apart."""
    core = [o for o in passing_report().outcomes if not o.check.optional]
    for outcomes, extra in ((core, " and 4 more of extra credit"), (passing_report().outcomes, "")):
        text = shown(full_report(outcomes=tuple(outcomes)))
        had = "" if extra else ", and 4 of 4 of extra credit"
        more = f"may add 32 more points{extra}: they run on Gradescope only."
        assert f"Total: 8 of 8 points{had}.\nHidden checks {more}" in text


def test_a_partial_report_says_that_other_parts_did_not_run() -> None:
    """What is not in it are not hidden checks alone."""
    report = full_report(partial=True, outcomes=passing_report().outcomes)
    text = shown(report)
    assert "Checks of other parts, and hidden ones, may add 32 more points: hidden" in text


def test_what_was_earned_stands_beside_what_could_be() -> None:
    """Of the checks that ran; without extra credit nothing is said of it."""
    report = full_report()
    assert points_in(report).text == "10 of 42 points, and 4 of 4 of extra credit"
    core = tuple(o for o in report.outcomes if not o.check.optional)
    assert points_in(full_report(outcomes=core)).text == "10 of 42 points"
