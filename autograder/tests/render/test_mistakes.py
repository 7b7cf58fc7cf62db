"""A recognised mistake is told by every renderer that a student reads."""

import io

import msgspec
import pytest

from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.render.html.page import render
from autograder.render.outcome_text import text_of
from autograder.render.terminal.console import TerminalReporter
from autograder.tests.gradescope.samples import results_of
from autograder.tests.render.reports import full_report, hidden_outcome

SLIP = "the regulariser is left out of the <b>gradient</b>"
TOLD = "equals what comes out when the regulariser is left out of the"


def _report(*outcomes: Outcome) -> Report:
    return msgspec.structs.replace(full_report(), outcomes=outcomes)


def _visible() -> Outcome:
    wrong = next(o for o in full_report().outcomes if o.verdict is Verdict.WRONG)
    return msgspec.structs.replace(wrong, mistake=SLIP)


def _hidden() -> Outcome:
    return msgspec.structs.replace(hidden_outcome(Verdict.WRONG), mistake=SLIP)


@pytest.mark.parametrize("outcome", [_visible(), _hidden()], ids=["visible", "hidden"])
def test_web_page_and_gradescope_tell_the_mistake(outcome: Outcome) -> None:
    """This holds for a hidden check too, because the grader has decided to show it."""
    page = render(_report(outcome))
    assert TOLD in page and "<b>gradient" not in page
    (test,) = results_of(_report(outcome))["tests"]
    assert TOLD in test["output"]


def test_the_terminal_tells_it_before_the_numbers() -> None:
    """The mistake follows what is wrong, and precedes the details."""
    out = io.StringIO()
    TerminalReporter(out, title="T").finish(_report(_visible()))
    text = " ".join(out.getvalue().split())
    message = _visible().message
    assert message and text.index(message.what) < text.index(TOLD) < text.index(message.detail)


def test_mistakes_with_the_same_answers_have_a_line_each() -> None:
    """Three causes in one sentence are hard to read."""
    outcome = msgspec.structs.replace(_visible(), mistake="it is doubled\nit is added\nit is late")
    assert text_of(outcome).mistakes == [
        "equals what comes out when it is doubled",
        "or when it is added",
        "or when it is late",
    ]


def test_nothing_is_told_where_nothing_was_recognised() -> None:
    """There is no empty phrase."""
    page = render(_report(hidden_outcome(Verdict.WRONG)))
    assert "equals what comes out" not in page
