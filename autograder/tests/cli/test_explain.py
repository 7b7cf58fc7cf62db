"""explain: what is meant, and what the explanation says."""

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
    assert ", or name its assignment at the end\n" in told.err
    assert run("explain", "vectorised", "tiny").out == VECTORISED


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (
            ("vektorised",),
            "there is no check, part, requirement, budget or word 'vektorised'; did you mean"
            " 'check_mean_square_is_vectorised'?\n",
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


def test_a_course_without_checks_offers_what_it_has(run: Run, in_course: Path) -> None:
    """Without any checks the nearest name is that of a part, a requirement or a budget."""
    for path in in_course.glob("*/tiny/checks/*.py"):
        path.unlink()
    assert "word 'sqare'; did you mean 'mean_square_steps'?\n" in run("explain", "sqare").err


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


def test_a_part_is_what_it_asks_for(run: Run, in_course: Path) -> None:
    """It shows points, requirements, budgets and checks, and at home the points that are hidden."""
    told = run("explain", "1.1")
    assert (told.status, told.err) == (0, "")
    assert told.out == run("explain", "part 1.1", "tiny").out == run("explain", "part", "1.1").out
    assert told.out.startswith("The mean square\npart 1.1: tiny, 10 points, 0.5 hours\n")
    assert "\n  R1.1c: No Python loop over the entries" in told.out
    assert "\n  mean_square_steps, operations: at most 100 interpreter steps\n" in told.out
    assert "\n  check_mean_square_of_three_numbers: " in told.out
    assert "hidden)" in told.out and "not here" not in told.out
    (in_course / "reference").rename(in_course / "away")
    assert "checks that are not here\n  worth 2 points more\n" in run("explain", "1.1").out


def test_a_requirement_is_shown_with_its_checks(run: Run, in_course: Path) -> None:
    """Its text, its line in the handout, its budgets, and the checks that look at it."""
    told = run("explain", "r1.1c")
    assert (told.status, told.err) == (0, "")
    text, place, *_ = told.out.splitlines()
    assert text == "No Python loop over the entries (budget `mean_square_steps`)"
    assert place.startswith("R1.1c: tiny, line ")
    assert "budgets\n  mean_square_steps, operations" in told.out
    assert "checks\n  check_mean_square_is_vectorised: " in told.out
    handout = in_course / "assignments" / "tiny" / "handout.md"
    handout.write_text("- **R7** Nothing looks at this.\n")
    assert "checks\n  none that is here\n" in run("explain", "R7").out


@pytest.mark.parametrize("name", ["mean_square_steps", "mean square steps"])
def test_a_budget_is_shown_with_what_is_counted(run: Run, in_course: Path, name: str) -> None:
    """Its name is understood as assignment.toml has it, and as reports show it."""
    told = run("explain", name)
    assert (told.status, told.err) == (0, "")
    assert told.out.startswith("At most 100 interpreter steps\nmean_square_steps: tiny, a budget\n")
    assert "what is counted\n  Bytecodes that Python executes" in told.out
    assert "checks\n  check_mean_square_is_vectorised: " in told.out


def test_a_witness_and_a_count_of_the_check_are_explained(run: Run, in_course: Path) -> None:
    """Both are named in a loop, as a check may do; a report adds `witness` to the budget's name."""
    toml = in_course / "assignments/tiny/assignment.toml"
    more = '[budgets.turns]\noperations = "3"\nunit = "turns"\n'
    more += '[budgets.timed]\noperations = "3"\nwitness = { time = 2.0, yardstick = "y" }\n'
    more += "[yardsticks.y]\ninterpreter_steps = 9\n"
    toml.write_text(f"{toml.read_text()}\n{more}")
    checks = in_course / "assignments/tiny/checks/check_1_mean_square.py"
    loop = '\n\n@check(part="1.1", points=1)\ndef check_turns(student, budgets):\n    """T."""\n'
    loop += "    for name in NAMES:\n        budgets.counted(name, 1, sizes={})\n"
    checks.write_text(f'{checks.read_text()}\nNAMES = ("turns", "timed")\n{loop}')
    told = run("explain", "turns").out
    assert "allowed\n  turns, operations: at most 3 turns\n" in told
    assert "what is counted\n  The check itself counts the turns.\n" in told
    told = run("explain", "timed witness").out
    assert "witness\n  A second measurement from outside." in told
    assert "checks\n  check_turns: T (part 1.1, 1 point)\n" in told


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (("too noisy",), "too noisy to tell"),
        (("too", "noisy"), "too noisy to tell"),
        (("witness",), "witness"),
        (("OVER TIME BUDGET",), "over time budget"),
        (("noisy to t",), "too noisy to tell"),
        (("grow like n^1.9; the budget is n^1.2",), "growth exponent"),
    ],
)
def test_a_word_of_a_message_is_explained(
    run: Run, in_course: Path, words: tuple[str, ...], first: str
) -> None:
    """In any spelling, as a piece, or within a message that was pasted."""
    told = run("explain", *words)
    assert (told.status, told.err) == (0, "")
    assert told.out.startswith(f"{first}\na word of messages and reports")
    assert "\nmeans\n  " in told.out


def test_a_pasted_message_explains_every_word_in_it(run: Run, in_course: Path) -> None:
    """One after the other."""
    told = run("explain", "used 10.4 x yardstick; the budget is 2.5 x yardstick").out
    assert told.startswith("yardstick\n") and "\n\nbudget\n" in told
