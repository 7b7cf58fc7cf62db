"""Tests of what a student may see and of cleaned text."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.model.outcome import Outcome
from autograder.model.verdict import Verdict
from autograder.render.disclosure import clean_text, for_student, for_student_report, one_line
from autograder.tests.render.reports import (
    CANARY,
    CANARY_NUMBER,
    STAFF_CANARY,
    full_report,
    hidden_outcome,
)


@pytest.mark.parametrize("verdict", Verdict)
def test_a_hidden_outcome_loses_everything_but_the_verdict(verdict: Verdict) -> None:
    """With any verdict, no canary of a hidden outcome is left, neither number nor text."""
    shown = for_student(hidden_outcome(verdict))

    written = msgspec.json.encode(shown).decode()
    assert CANARY not in written
    assert STAFF_CANARY not in written
    assert str(int(CANARY_NUMBER)) not in written
    assert shown.verdict is verdict


def test_a_hidden_outcome_keeps_what_a_student_may_see() -> None:
    """Title, part, points, score, hint and the innermost line of the student's file are kept."""
    outcome = hidden_outcome(Verdict.WRONG)

    shown = for_student(outcome)

    kept = ("id", "title", "part", "points", "hint", "visible", "optional")
    assert all(getattr(shown.check, name) == getattr(outcome.check, name) for name in kept)
    assert [(line.file, line.line, line.text) for line in shown.lines] == [
        ("sgd.py", 31, "return scores.max()")
    ]


def test_every_field_of_a_hidden_outcome_is_withheld_unless_listed() -> None:
    """A field added to Outcome stays at its default until it is added to the list."""
    shown = for_student(hidden_outcome(Verdict.WRONG))
    listed = {"check", "verdict", "score", "lines", "mistake"}

    empty = Outcome(check=shown.check, verdict=shown.verdict)
    others = set(Outcome.__struct_fields__) - listed
    assert all(getattr(shown, name) == getattr(empty, name) for name in others)


def test_a_visible_outcome_loses_only_the_staff_text() -> None:
    """A visible outcome is shown whole, without what is for staff."""
    outcome = full_report().outcomes[1]

    assert for_student(outcome) == msgspec.structs.replace(outcome, staff="")
    assert outcome.staff


def test_a_report_loses_its_staff_notices_and_no_points() -> None:
    """Totals stay what they are, so hiding content never changes a score."""
    report = full_report()

    shown = for_student_report(report)

    assert shown.staff_notices == ()
    assert (shown.score, shown.points) == (report.score, report.points)
    assert shown.exit_status == report.exit_status


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;address\x1b\\link", "link"),
        ("\x1b(Bset \x1bcreset", "set reset"),
        ("a\x00b\x08c\x7fd\x85e", "abcde"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("tab\tnew\nline", "tab\tnew\nline"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("right\u202eleft", "rightleft"),
    ],
)
def test_control_characters_and_escapes_go(dirty: str, clean: str) -> None:
    """What could steer a terminal, a parser or the reading order is removed, the rest is kept."""
    assert clean_text(dirty, 1000) == clean


@given(st.text(st.characters(codec=None), max_size=300), st.integers(0, 200))
def test_clean_text_is_short_utf8_without_controls(text: str, limit: int) -> None:
    """Any text is cut to the limit and can be encoded. Cleaning it again changes nothing."""
    clean = clean_text(text, limit)

    assert len(clean) <= limit
    clean.encode("utf-8")
    assert not any(ord(c) < 32 and c not in "\n\t" for c in clean)
    assert clean_text(clean, limit) == clean


def test_a_cut_says_how_much_it_took_and_keeps_both_ends() -> None:
    """The mark's number and what is left add up to the whole text."""
    text = "<begin>" + "x" * 100_000 + "<end>"

    cut = clean_text(text, 500)

    mark = "characters left out ...]"
    left_out = int(cut.split("[... ")[1].split(" characters")[0].replace(" ", ""))
    kept = len(cut) - len(cut[cut.index(" [... ") : cut.index(mark) + len(mark) + 1])
    assert cut.startswith("<begin>") and cut.endswith("<end>")
    assert left_out + kept == len(text)


def test_a_title_becomes_one_line() -> None:
    """A name with line ends cannot break a table or a progress line."""
    assert one_line("two\nlines\t and\x1b[2K more ") == "two lines and more"
