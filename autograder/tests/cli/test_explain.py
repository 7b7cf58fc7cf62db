"""explain: which check is meant, and what the explanation says."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.grading.expectations.tolerance import rounding
from autograder.tests.authoring.course import replace
from autograder.tests.cli.commands import Run

VECTORISED = """\
The mean square takes a number of interpreter steps that does not grow with its array
check_mean_square_is_vectorised: tiny, part 1.1, 2 points, visible

why
  A loop in Python takes about a hundred times longer than the array operation.

judged by
  A counter of the bytecodes that Python executes in the submission's functions.

budgets
  mean_square_steps, operations: at most 100 interpreter steps

requirements
  R1.1c: No Python loop over the entries (budget `mean_square_steps`).

read
  handout, section 1

needs
  check_mean_square_of_three_numbers
"""
QUIET = """\
import contextlib, io, sys
from autograder.cli.main import main

with contextlib.redirect_stdout(io.StringIO()) as text:
    assert main(["explain", "vectorised"]) == 0
assert "interpreter steps" in text.getvalue()
print(*sys.modules)
"""


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines have a hundred characters, as in a pipe, in whatever terminal the tests run."""
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize(
    "name",
    [
        "check_mean_square_is_vectorised",
        "vectorised",
        "mean-square is",
        "MEAN_SQUARE_IS_VECTORISED",
    ],
)
def test_a_check_is_found_by_any_telling_part_of_its_name(
    run: Run, in_course: Path, name: str
) -> None:
    """Upper case, spaces and hyphens are accepted too."""
    told = run("explain", name)
    assert (told.status, told.err) == (0, "")
    assert told.out == VECTORISED


def test_a_tolerance_is_told_with_its_reason(run: Run, in_course: Path) -> None:
    """The words are those of the message when the check fails."""
    told = run("explain", "three_numbers", "tiny").out
    tolerance = rounding(terms=3)
    off = f"off by at most {tolerance.relative:.2g} of its size ({tolerance.why})"
    assert f"  the mean square: {off}\n" in told


def test_a_name_of_several_checks_is_refused(run: Run, in_course: Path) -> None:
    """The message lists the checks that the name could mean."""
    told = run("explain", "of")
    assert told.status == 2
    assert told.err == (
        "autograder: 'of' may be any of 2 checks: say more of one\n"
        "    check_mean_square_of_three_numbers (tiny)\n"
        "    check_mean_square_of_many_numbers (tiny)\n"
    )


def test_a_long_list_of_such_checks_is_cut(run: Run, in_course: Path) -> None:
    """Ten checks are shown, and the number of the others."""
    checks = in_course / "assignments/tiny/checks/check_1_mean_square.py"
    more = '\n\n@check(part="1.1", points=1)\ndef check_more_{}(student):\n    """More."""\n'
    checks.write_text(checks.read_text() + "".join(more.format(i) for i in range(12)))
    rows = run("explain", "more").err.splitlines()
    assert rows[0].endswith("may be any of 12 checks: say more of one")
    assert (len(rows), rows[-1]) == (12, "    and 2 more")


def test_a_whole_name_is_never_ambiguous(run: Run, in_course: Path) -> None:
    """This holds even if another check's name begins with it."""
    checks = in_course / "assignments/tiny/checks/check_1_mean_square.py"
    text = checks.read_text()
    checks.write_text(text.replace("agrees_with_a_loop", "is_vectorised_well"))
    assert run("explain", "mean_square_is_vectorised").out == VECTORISED


def test_a_name_in_two_assignments_is_ambiguous(run: Run, in_course: Path) -> None:
    """It is ambiguous until the assignment is named."""
    for top in ("assignments", "reference"):
        shutil.copytree(in_course / top / "tiny", in_course / top / "other")
    told = run("explain", "vectorised")
    assert told.status == 2
    assert "vectorised (other)\n" in told.err and "vectorised (tiny)\n" in told.err
    assert run("explain", "vectorised", "tiny").out == VECTORISED


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (
            ("vektorised",),
            "no check 'vektorised'; did you mean 'check_mean_square_is_vectorised'?\n",
        ),
        (("vectorised", "tiyn"), "there is no assignment 'tiyn'; did you mean 'tiny'?\n"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(
    run: Run, in_course: Path, arguments: tuple[str, ...], reason: str
) -> None:
    """The status is 2. Where hidden checks are present, the message does not speak of them."""
    told = run("explain", *arguments)
    assert (told.status, told.out) == (2, "")
    assert told.err.endswith(reason)


def test_staff_are_told_of_hidden_checks_in_full(run: Run, in_course: Path) -> None:
    """The explanation says what students see of such a check."""
    told = run("explain", "many_numbers").out
    assert ", 2 points, hidden\n" in told
    assert "students see\n  the title, the verdict and the hint\n" in told
    assert "Code written for one size often works for that size only" in told


def test_at_home_hidden_checks_are_not_known(run: Run, in_course: Path) -> None:
    """The message says what students see of them. Requirements come from the handout's copy."""
    (in_course / "reference").rename(in_course / "away")
    handout = in_course / "assignments" / "tiny" / "handout.md"
    handout.rename(in_course / "handout.md")
    told = run("explain", "check_mean_square_of_many_numbers")
    assert told.status == 2
    assert told.err.endswith(
        "? Hidden checks are not here: they show their title, verdict and hint only.\n"
    )
    assert run("explain", "vectorised").out == VECTORISED


def test_a_course_without_checks_offers_none(run: Run, in_course: Path) -> None:
    """Without any checks there is no nearest name."""
    for path in in_course.glob("*/tiny/checks/*.py"):
        path.unlink()
    assert run("explain", "x").err == "autograder: there is no check 'x'\n"


def test_it_runs_without_numpy(in_course: Path) -> None:
    """Checks are read and never imported, so the answer is there at once."""
    done = subprocess.run(
        [sys.executable, "-c", QUIET], capture_output=True, text=True, check=True, cwd=in_course
    )
    assert {"numpy", "torch", "pytest", "rich"} & {*done.stdout.split()} == set()


def test_a_broken_check_file_is_named(run: Run, in_course: Path) -> None:
    """Every other command that reads the checks does the same."""
    checks = in_course / "assignments/tiny/checks/check_1_mean_square.py"
    replace(checks, "def check_mean_square_is_vectorised(", "def check_mean_square_is_vectorised((")
    told = run("explain", "vectorised")
    assert told.status == 2
    assert "check_1_mean_square.py cannot be read" in told.err


def test_a_part_stands_for_its_checks(run: Run, in_course: Path) -> None:
    """A student sees the part beside every check."""
    told = run("explain", "1.1")
    assert told.status == 2
    assert "'1.1' may be any of 4 checks: say more of one" in told.err
