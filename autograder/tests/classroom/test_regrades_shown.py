"""What a fix of the grader changed, as terminal sections, as CSV and as a page."""

import csv
import io
from itertools import pairwise
from pathlib import Path

import pytest

from autograder.classroom.outputs.grades import write_grades
from autograder.classroom.regrades.comparison import Comparison
from autograder.classroom.regrades.page import comparison_page, write_page
from autograder.classroom.regrades.sides import read_side
from autograder.classroom.regrades.table import HEAD, write_table
from autograder.classroom.regrades.terminal import sections_of
from autograder.classroom.submissions import Member
from autograder.classroom.taking_in.handed import Handed
from autograder.model.verdict import Verdict
from autograder.render.terminal.writers import writer_for
from autograder.tests.classroom.made_up import graded, loss, submission, timed
from autograder.tests.classroom.regraded import (
    a_fix,
    compared,
    graded_into,
    new_report,
    old_report,
)
from autograder.tests.render.page import Page

EVIL = "=HYPERLINK(1)</style><script>alert(1)</script>\x1b[31m"


@pytest.fixture(scope="module")
def fix(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """The comparison of the class before and after the fix."""
    return a_fix(tmp_path_factory.mktemp("fix"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """The same student with a hostile name and a check with a hostile title, in two gradings."""
    folder = tmp_path_factory.mktemp("hostile")
    before, now = loss(Verdict.WRONG), loss(Verdict.PASSED)
    old = graded_into(folder / "old", {"1": old_report(before)})
    new = graded_into(folder / "new", {"1": new_report(now)})
    report = (new / "staff" / "1" / "report.json").read_text()
    # in the file "<" is an escape, and so are control characters
    title = EVIL.replace("<", "\\u003c").replace("\x1b", "\\u001b")
    (new / "staff" / "1" / "report.json").write_text(report.replace("The loss is the mean.", title))
    members = (Member(name=EVIL, sid=EVIL, email=EVIL),)
    handed = Handed(submissions=(submission(1, id="1", members=members),))
    write_grades(new / "grades.csv", handed, (graded(1, None, id="1"),))
    return compared(old, new)


def printed(comparison: Comparison) -> str:
    """What the terminal shows, without colours."""
    stream = io.StringIO()
    writer = writer_for(stream, 100)
    for section in sections_of(comparison):
        writer.section(section)
    return stream.getvalue()


def rows_of(path: Path, comparison: Comparison) -> list[dict[str, str]]:
    """The rows of the CSV."""
    write_table(path, comparison)
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_the_terminal_shows_checks_students_and_noise(fix: Comparison) -> None:
    """Each row with points before and now; what is not the grader's stands apart."""
    said = " ".join(printed(fix).split())
    for text in (
        "7 submissions graded twice, 6 with another result",
        "1.1 The loss is the mean 4 6 1 1 0",
        "2.1 The epoch is fast 7 5 0 1 -4",
        "gains 4 10 +6 1 by the grader",
        "undecided ? 10 ? 1 by a grader error",
        "slower 2.1 The epoch is fast passed 4 over time budget 0 -4",
        "noisy 2.1 The epoch is fast: passed 4 before, over time budget 0 now: noise;"
        " one epoch time: 2.9 before, 3.2 now, budget 3 x yardstick",
        "grader: g1 before, g2 now",
    ):
        assert text in said, text
    by_grader = said.partition("Changes ---")[2].partition("Not put down to the grader")[0]
    assert "slower" in by_grader and "noisy" not in by_grader


def test_the_table_has_a_row_for_each_change_and_each_total(
    fix: Comparison, tmp_path: Path
) -> None:
    """Numbers are numbers; what was not decided is an empty cell."""
    rows = rows_of(tmp_path / "changes.csv", fix)
    assert list(rows[0]) == list(HEAD)
    found = {
        (row["submission"], row["check"]): (
            *(row["verdict_before"], row["verdict_now"]),
            *(row["points_before"], row["points_now"], row["difference"]),
        )
        for row in rows
    }
    assert len(rows) == 12
    assert found["gains", "check_loss_is_the_mean"] == ("wrong", "passed", "0", "6", "6")
    assert found["gains", "total"] == ("", "", "4", "10", "6")
    assert found["undecided", "check_loss_is_the_mean"] == ("grader error", "passed", "", "6", "")
    assert found["undecided", "total"] == ("", "", "", "10", "")


def test_a_formula_is_text_in_the_table(hostile: Comparison, tmp_path: Path) -> None:
    """In names and titles; nothing steers a terminal either."""
    change, _ = rows_of(tmp_path / "changes.csv", hostile)
    for name in ("students", "title"):
        assert change[name].startswith("'=HYPERLINK")
    text = (tmp_path / "changes.csv").read_text()
    assert "\x1b" not in text and "\x1b" not in printed(hostile)


def test_markup_is_text_on_the_page(hostile: Comparison) -> None:
    """In names and titles; the page loads nothing, and has no script."""
    text = comparison_page(hostile)
    page = Page(text)
    assert not page.all("script") and "\x1b" not in text and "://" not in text
    assert page.text.count("</style><script>alert(1)</script>") >= 3
    policy = [m["content"] for m in page.all("meta") if "http-equiv" in m]
    assert policy and "default-src 'none'" in str(policy)


def test_the_page_has_the_same_rows(fix: Comparison, tmp_path: Path) -> None:
    """Its headings go down one level at a time, and every table has heads."""
    write_page(tmp_path / "changes.html", fix)
    page = Page((tmp_path / "changes.html").read_text(encoding="utf-8"))
    said = " ".join(" ".join(page.texts).split())
    for text in (
        "gains 4 10 +6 1 by the grader",
        "1.1 The loss is the mean 4 6 1 1 0 0 0",
        "2.1 The epoch is fast 7 5 0 1 0 -4 1",
        "noise; one epoch time: 2.9 before, 3.2 now, budget 3 x yardstick",
    ):
        assert text in said, text
    levels = [int(tag[1]) for tag, _ in page.tags if tag in ("h1", "h2", "h3")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(th.get("scope") in ("row", "col") for th in page.all("th"))


def test_nothing_changed_is_said(tmp_path: Path) -> None:
    """In one line; there is no table, and no row of the CSV."""
    reports = {"1": new_report(timed(1.0))}
    old, new = (graded_into(tmp_path / name, reports) for name in ("old", "new"))
    same = compared(old, new)
    assert printed(same).split("\n", 3)[3] == "1 submission graded twice, 0 with another result\n"
    assert rows_of(tmp_path / "changes.csv", same) == []
    assert "No check has another result." in comparison_page(same)


def test_students_are_named_as_in_the_grades(tmp_path: Path) -> None:
    """A folder of `grade` says whose its submissions are; a group has all of its members."""
    folder = graded_into(tmp_path, {"1": new_report(timed(1.0))})
    members = (Member(name="Ada", sid="007"), Member(name="Emmy", email="emmy@example.edu"))
    handed = Handed(submissions=(submission(1, id="1", members=members),))
    write_grades(folder / "grades.csv", handed, (graded(1, None, id="1"),))
    assert read_side(folder).gradings["1"].members == members
