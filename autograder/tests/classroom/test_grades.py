"""grades.csv: one row for each student, and no wrong zero, formula or key in it."""

import csv
import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from autograder.classroom.outputs.cells import is_safe_key, number_cell, text_cell
from autograder.classroom.outputs.grades import write_grades
from autograder.classroom.submissions import ClassSubmission, Graded, Member, Status
from autograder.classroom.taking_in.handed import Handed
from autograder.model.verdict import Verdict
from autograder.tests.classroom.made_up import a_class, graded, loss, report, submission, timed

NOON = datetime(2026, 9, 26, 12, 0, 0, 123456, timezone.utc)
ADA = Member(name="Ada", sid="0675", email="ada@example.edu", section="1")


def rows(tmp_path: Path, handed: Handed, gradings: tuple[Graded, ...]) -> list[dict[str, str]]:
    """The rows of grades.csv."""
    write_grades(tmp_path / "grades.csv", handed, iter(gradings))
    with (tmp_path / "grades.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def handed(*submissions: ClassSubmission, missing: tuple[Member, ...] = ()) -> Handed:
    """A class that handed in these."""
    return Handed(submissions=submissions, missing=missing)


def test_a_row_has_the_score_and_a_column_for_each_part(tmp_path: Path) -> None:
    """Numbers are numbers: the score, what it is out of, each part, seconds of lateness."""
    late = submission(1, members=(ADA,), created_at=NOON, late_by_s=60.2, notes=("a link",))
    (row,) = rows(tmp_path, handed(late), (graded(1, report(loss(Verdict.PASSED), timed(9.0))),))
    assert list(row.items()) == [
        ("name", "Ada"),
        ("sid", "0675"),
        ("email", "ada@example.edu"),
        ("section", "1"),
        ("submission", late.id),
        ("created_at", "2026-09-26T12:00:00.123456+00:00"),
        ("late_s", "61"),
        ("status", "graded"),
        ("score", "6"),
        ("points", "10"),
        ("1.1 The loss (10 points)", "6"),
        ("1.2 The gradient (14 points)", "0"),
        ("2.1 Minibatches without copies (16 points)", "0"),
        ("3.1 Momentum (4 points of extra credit)", "0"),
        ("notes", "a link"),
    ]
    assert stat.S_IMODE((tmp_path / "grades.csv").stat().st_mode) == 0o600


def test_what_was_not_decided_is_blank_and_never_zero(tmp_path: Path) -> None:
    """Our errors, what was set aside, unreadable, not run or not handed in has no number."""
    found, gradings = a_class()
    table = rows(tmp_path, found, gradings[:8])
    by_status = {row["status"]: row for row in table if row["status"] != "graded"}
    assert sorted(by_status) == ["grader error", "not graded", "not run", "nothing handed in"]
    for row in by_status.values():
        numbers = [value for title, value in row.items() if "points" in title and title != "points"]
        assert [row["score"], *numbers] == [""] * 5
    assert "no sgd.py" in by_status["not graded"]["notes"]
    assert "disk" in by_status["grader error"]["notes"]
    set_aside = rows(tmp_path, found, gradings)[-1]
    assert (set_aside["status"], set_aside["score"]) == ("set aside", "")
    assert len(table) == 10


def test_every_member_of_a_group_has_a_row(tmp_path: Path) -> None:
    """With the same score; a submission without members keeps its own row, at the end."""
    pair = submission(1, members=(ADA, Member(name="Bob"), ADA))
    unknown = submission(2, members=())
    passed = report(loss(Verdict.PASSED))
    table = rows(tmp_path, handed(unknown, pair), (graded(2, passed), graded(1, passed)))
    assert [(row["name"], row["score"]) for row in table] == [("Ada", "6"), ("Bob", "6"), ("", "6")]
    assert table[2]["submission"] == unknown.id


def test_of_two_submissions_of_a_member_the_newest_counts(tmp_path: Path) -> None:
    """Also where it is the worse one, or has no score; the row says so, and Bob's are his own."""
    old = submission(1, members=(ADA, Member(name="Bob", sid="2")), created_at=NOON)
    new = submission(
        2,
        members=(Member(name="A. Lovelace", email="ADA@example.edu"),),
        created_at=NOON + timedelta(seconds=1),
    )
    good, bad = graded(1, report(loss(Verdict.PASSED))), graded(2, report(loss(Verdict.WRONG)))
    for order in ((old, new), (new, old)):
        ada, bob = rows(tmp_path, handed(*order), (good, bad))
        assert (ada["submission"], ada["score"], ada["sid"]) == (new.id, "0", "0675")
        assert ada["notes"] == f"the newest of several submissions counts; the others: {old.id}"
        assert (bob["submission"], bob["score"], bob["notes"]) == (old.id, "6", "")
    undecided = graded(2, None, status=Status.SET_ASIDE)
    assert rows(tmp_path, handed(old, new), (good, undecided))[0]["score"] == ""


def test_some_checks_are_not_the_whole(tmp_path: Path) -> None:
    """A score of some checks only says so."""
    partial = graded(1, report(loss(Verdict.PASSED), partial=True))
    assert (
        rows(tmp_path, handed(submission(1)), (partial,))[0]["notes"]
        == "only some of the checks ran"
    )


def test_the_same_gradings_make_the_same_bytes(tmp_path: Path) -> None:
    """In whatever order they were graded."""
    found, gradings = a_class()
    write_grades(tmp_path / "one.csv", found, gradings)
    write_grades(tmp_path / "two.csv", found, reversed(gradings))
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\uff1d1",
    "\x1b[1m=1",
    "a;=1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_formula_stays_text(tmp_path: Path, text: str) -> None:
    """In every cell that a student can write; a key with one is left out, and the row says so."""
    eve = Member(name=text, sid=text, email=text, section=text)
    found = submission(1, id="1", members=(eve,), problem=text, notes=(f"x {text}",))
    (row,) = rows(tmp_path, handed(found, missing=()), (graded(1, None, id="1"),))
    for cell in row.values():
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", " ", "\uff1d"))
        assert ";=" not in cell and "\x1b" not in cell and "\n" not in cell
    assert (row["sid"], row["email"]) == ("", "")
    assert "its sid could be taken for a formula, and is left out" in row["notes"]


def test_cells() -> None:
    """What is harmless stays as it is."""
    assert [number_cell(n) for n in (None, 0.0, 41.5, 100, -1.25, 1 / 3)] == [
        "", "0", "41.5", "100", "-1.25", "0.333333",
    ]  # fmt: skip
    for text in ("Ada O'Neil-King", "a+b@example.edu", "1e5", "007", "Zoë"):
        assert text_cell(text) == text and is_safe_key(text)
    assert text_cell("=1+1") == "'=1+1"
    assert not is_safe_key("-1") and not is_safe_key("a\tb") and not is_safe_key(" 1")
