"""Explanations of checks, on the terminal and in the HTML report."""

from autograder.grading.declaring.explanation import MISTAKES, Explanation, Passage
from autograder.model.verdict import Verdict
from autograder.render.html.markdown import code_spans, inline_markdown
from autograder.render.html.page import render
from autograder.render.terminal.sections import explanation_lines
from autograder.tests.render.page import Page
from autograder.tests.render.reports import full_report


def explained() -> dict[str, Explanation]:
    """An explanation of every check of the full report, hidden ones included."""
    evil = "<b>because</b> of"
    return {
        outcome.check.id: Explanation(
            title=outcome.check.title,
            place=f"{outcome.check.id}: sgd",
            passages=(
                Passage("why", (f"{evil} {outcome.check.id}",)),
                Passage("allowed", ("a", "b")),
            ),
        )
        for outcome in full_report().outcomes
    }


def test_each_check_can_be_unfolded_to_what_it_does() -> None:
    """It has the passages of `explain`, closed at first. Staff see those of hidden checks too."""
    text = render(full_report(), staff=True, explanations=explained())

    page = Page(text)
    assert text.count("<details><summary>What this check does</summary>") == len(explained())
    for told in explained().values():
        lines = [line.text for line in [*explanation_lines(told)][2:] if line.text]
        assert all(line in page.texts for line in lines)
        assert len(lines) == 5


def test_students_unfold_visible_checks_only() -> None:
    """Explanations of hidden checks are left out even if they are passed in."""
    report = full_report()
    text = render(report, explanations=explained())

    hidden = [outcome.check.id for outcome in report.outcomes if not outcome.check.visible]
    assert hidden and not any(f"of {name}" in text for name in hidden)
    visible = len(report.outcomes) - len(hidden)
    assert text.count("What this check does") == visible
    assert "What this check does" not in render(report)


def test_mistakes_are_listed_where_a_check_has_not_passed() -> None:
    """A check that passed has recognised none, so it names none."""
    report = full_report()
    passages = (Passage("why", ("Because.",)), Passage(MISTAKES, ("the sign is turned around",)))
    told = {
        o.check.id: Explanation(title=o.check.title, place="here", passages=passages)
        for o in report.outcomes
    }
    text = render(report, staff=True, explanations=told)

    passed = [o for o in report.outcomes if o.verdict is Verdict.PASSED]
    assert passed and text.count("Because.") == len(report.outcomes)
    assert text.count(MISTAKES) == len(report.outcomes) - len(passed)


def test_authors_write_markdown_and_messages_code() -> None:
    """No HTML, no links; a message keeps the stars that a submission may have printed."""
    text = "a `W[k] * x` of *one* **two** <b> [c](d) grad_fn"
    rest = "&lt;b&gt; [c](d) grad_fn"
    assert inline_markdown(text) == (
        f"a <code>W[k] * x</code> of <em>one</em> <strong>two</strong> {rest}"
    )
    assert code_spans(text) == f"a <code>W[k] * x</code> of *one* **two** {rest}"
