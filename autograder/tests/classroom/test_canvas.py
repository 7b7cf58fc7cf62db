"""A gradebook of Canvas is filled: the right student's cell, and nothing else."""

import csv
import stat
import sys
from argparse import Namespace
from datetime import datetime, timezone
from pathlib import Path

import pytest

from autograder.classroom.engine.progress import ClassProgress
from autograder.classroom.outputs.canvas import fill_canvas
from autograder.classroom.submissions import Graded, Member, Status
from autograder.classroom.taking_in.handed import Handed
from autograder.cli.class_commands import grade
from autograder.model.errors import UsageError
from autograder.model.verdict import Verdict
from autograder.tests.classroom.made_up import ASSIGNMENT, graded, loss, report, submission, timed

NOON = datetime(2026, 9, 26, 12, tzinfo=timezone.utc)
HEAD = "Student,ID,SIS User ID,SIS Login ID,Section"
BOOK = (
    f"{HEAD},PA0 (11),PA1: SGD (12),Assignments Current Score\n"
    ",,,,,,Manual Posting,\n"
    "    Points Possible,,,,,50,10.0,(read only)\n"
    '"Lovelace, Ada",77,0675,al1,Section 1,40,,80\n'
    '"Hopper, Grace",78,0042,gh2@example.edu,Section 1,30,3,60\n'
    '"Student, Test",79,,,Section 1,,,\n'
)
ADA = Member(name="Ada Lovelace", sid="0675", email="ada@example.edu")
GRACE = Member(name="Grace Hopper", sid="GH", email="gh2@example.edu")


def score(number: int, member: Member, points: float | None) -> tuple[Handed, Graded]:
    """A submission of one member with this score, 6 or 0 of 10; None: nothing was decided."""
    found = Handed(submissions=(submission(number, members=(member,)),))
    if points is None:
        return found, graded(number, None, status=Status.SET_ASIDE)
    outcomes = [loss(Verdict.PASSED if points >= 6 else Verdict.WRONG), timed(9.0)]
    return found, graded(number, report(*outcomes))


def fill(
    tmp_path: Path, *scores: tuple[Handed, Graded], book: str = BOOK, column: str = "12"
) -> tuple[list[dict[str, str]], tuple[str, ...]]:
    """The rows of the filled gradebook, and the notices."""
    path, out = tmp_path / "book.csv", tmp_path / "filled.csv"
    path.write_text(book, encoding="utf-8")
    handed = Handed(submissions=tuple(s for found, _ in scores for s in found.submissions))
    notices = fill_canvas(path, out, handed, (grading for _, grading in scores), column)
    with out.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file)), notices


def scores_of(rows: list[dict[str, str]]) -> dict[str, str]:
    """The cells of the assignment by student."""
    return {row["Student"]: row["PA1: SGD (12)"] for row in rows}


def test_the_cell_of_each_student_is_filled(tmp_path: Path) -> None:
    """Nothing but the columns that name a student and the one of the assignment is written."""
    rows, notices = fill(tmp_path, score(1, ADA, 6), score(2, GRACE, 0))
    assert list(rows[0]) == [*HEAD.split(","), "PA1: SGD (12)"]
    assert scores_of(rows) == {
        "": "Manual Posting",
        "    Points Possible": "10.0",
        "Lovelace, Ada": "6",
        "Hopper, Grace": "0",
        "Student, Test": "",
    }
    assert rows[2]["SIS User ID"] == "0675"
    assert notices == ()
    assert stat.S_IMODE((tmp_path / "filled.csv").stat().st_mode) == 0o600


def test_what_was_not_decided_keeps_what_was_there(tmp_path: Path) -> None:
    """An upload must not turn an error of ours into a grade."""
    rows, notices = fill(tmp_path, score(2, GRACE, None))
    assert scores_of(rows)["Hopper, Grace"] == "3"
    assert notices == ("no score was decided, so the old one stays: Grace Hopper",)


def test_an_excused_student_stays_excused(tmp_path: Path) -> None:
    """A person decided that."""
    rows, notices = fill(tmp_path, score(1, ADA, 6), book=BOOK.replace(",40,,80", ",40,EX,80"))
    assert scores_of(rows)["Lovelace, Ada"] == "EX"
    assert "excused in Canvas, and left so: Lovelace, Ada" in notices


@pytest.mark.parametrize(
    ("member", "filled"),
    [
        (Member(name="?", sid="0675"), True),
        (Member(name="?", sid="AL1"), True),  # a SID that Canvas has as the login
        (Member(name="Ada Lovelace", email="al1@example.edu"), True),
        (Member(name="?", email="al1@elsewhere.example"), False),  # could be of someone else
        (Member(name="Ada Lovelace"), False),
        (Member(name="Ada Lovelace", sid="675"), False),
    ],
)
def test_a_student_is_found_by_keys_and_not_by_a_guess(
    tmp_path: Path, member: Member, filled: bool
) -> None:
    """By SID, login, or login and name together; else a notice names who was not filled in."""
    rows, notices = fill(tmp_path, score(1, member, 6))
    assert scores_of(rows)["Lovelace, Ada"] == ("6" if filled else "")
    assert notices == (
        () if filled else (f"not in the gradebook, and not filled in: {member.name}",)
    )


def test_two_who_could_be_one_are_both_left_open(tmp_path: Path) -> None:
    """Two of ours with one row of the gradebook, and two rows with one of ours."""
    other = Member(name="Ada Lovelace", sid="9", email="al1@example.edu")
    rows, notices = fill(tmp_path, score(1, ADA, 6), score(2, other, 0))
    assert scores_of(rows)["Lovelace, Ada"] == ""
    assert notices == (
        "not clear which students of the gradebook they are: Ada Lovelace; Ada Lovelace",
    )
    twice = BOOK + '"L., A.",80,0675,x,Section 2,,,\n'
    rows, _ = fill(tmp_path, score(1, ADA, 6), book=twice)
    assert scores_of(rows)["Lovelace, Ada"] == scores_of(rows)["L., A."] == ""


def test_a_changed_key_is_never_uploaded(tmp_path: Path) -> None:
    """A student whose key looks like a formula is left out; a name is made harmless."""
    book = BOOK.replace("0675,al1", "=0675,al1").replace("Hopper, Grace", "=cmd|' /C calc'!A0")
    rows, notices = fill(tmp_path, score(1, ADA, 6), score(2, GRACE, 6), book=book)
    assert [row["Student"] for row in rows[2:]] == ["'=cmd|' /C calc'!A0", "Student, Test"]
    assert rows[2]["PA1: SGD (12)"] == "6"
    expected = "left out, because a key of theirs could be taken for a formula: Lovelace, Ada"
    assert expected in notices


def test_points_and_lateness_are_pointed_out(tmp_path: Path) -> None:
    """Scores are raw: Canvas may count other points, and knows of no lateness."""
    late = Handed(submissions=(submission(1, members=(ADA,), late_by_s=60.0),))
    grading = graded(1, report(loss(Verdict.PASSED), timed(1.0)))
    _, notices = fill(tmp_path, (late, grading), book=BOOK.replace("10.0", "100"))
    assert notices == (
        "PA1: SGD (12) has 100 points in Canvas, and the assignment 10: scores are filled in as"
        " they are",
        "handed in late, which these raw scores leave out: Ada Lovelace",
    )


@pytest.mark.parametrize("column", ["12", "PA1: SGD", "pa1: sgd (12)", ""])
def test_the_column_is_chosen_by_name_or_number(tmp_path: Path, column: str) -> None:
    """Without a choice, by the title or the id of the assignment."""
    book = BOOK if column else BOOK.replace("PA1: SGD", "Stochastic Gradient Descent")
    rows, _ = fill(tmp_path, score(1, ADA, 6), book=book, column=column)
    assert list(rows[2].values())[-1] == "6"


@pytest.mark.parametrize(
    ("book", "column", "message"),
    [
        (
            BOOK,
            "",
            r"no columns are called .*sgd.*: choose one by its number with --canvas-column;",
        ),
        (BOOK, "PA9", r"no columns are called pa9: .*; there are PA0 \(11\), PA1: SGD \(12\)"),
        (BOOK.replace("PA0", "PA1: SGD"), "PA1: SGD", "2 columns are called pa1: sgd: choose one"),
        ("name,sid\nAda,1\n", "12", "has no columns Student and ID: download it from Canvas"),
    ],
)
def test_what_cannot_be_filled_is_refused(
    tmp_path: Path, book: str, column: str, message: str
) -> None:
    """The error names the columns that there are; nothing is written."""
    with pytest.raises(UsageError, match=message):
        fill(tmp_path, score(1, ADA, 6), book=book, column=column)
    assert not (tmp_path / "filled.csv").exists()


def test_some_checks_fill_no_gradebook(tmp_path: Path) -> None:
    """A score of some checks only would be a wrong one."""
    partial = graded(1, report(loss(Verdict.PASSED), partial=True))
    with pytest.raises(UsageError, match="only some of the checks ran, so no gradebook is filled"):
        fill(tmp_path, (score(1, ADA, 6)[0], partial))


def test_the_download_is_not_written_over(tmp_path: Path) -> None:
    """It is what an upload can be compared with."""
    (tmp_path / "book.csv").write_text(BOOK)
    with pytest.raises(UsageError, match="is the gradebook itself: write to another file"):
        fill_canvas(tmp_path / "book.csv", tmp_path / "book.csv", Handed(submissions=()), ())


def test_the_command_writes_all_of_the_class(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also of those whom it was not asked to grade: they have a row, and no page counts them."""
    (tmp_path / "book.csv").write_text(BOOK)
    old, new = (submission(n, members=(ADA,), created_at=NOON if n else None) for n in (0, 1))
    options = Namespace(canvas=tmp_path / "book.csv", canvas_column="12", anonymous=False)
    handed = Handed(submissions=(old, new))
    gradings = [graded(0, report(loss(Verdict.PASSED)))]
    grade._write(tmp_path, handed, gradings, ASSIGNMENT, options, ClassProgress(sys.stdout))
    with (tmp_path / "grades.csv").open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["submission"], row["status"], row["score"]) == (new.id, "not run", "")
    assert "Lovelace, Ada" in (tmp_path / "canvas.csv").read_text()
    assert "note: no score was decided, so the old one stays: Ada" in capsys.readouterr().out
    page = (tmp_path / "class.html").read_text()
    assert "1 submission" in page and "2 submissions" not in page
