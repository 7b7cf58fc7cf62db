"""`autograder check --debug`: in the student's terminal, for no points."""

import subprocess
from pathlib import Path

import pytest

from autograder.cli.kept import kept_path
from autograder.tests.authoring.course import copy_of, scaffolded, write
from autograder.tests.cli.commands import TIMEOUT_S, Ended, Run, command_line

FIRST = "check_mean_square_of_three_numbers"
STEPS = "check_mean_square_is_vectorised"
RIGHT = "def mean_square(x):\n    y = x @ x\n    return float(y) / len(x)\n"
STOPS = RIGHT.replace("    return", "    print('y is', y)\n    breakpoint()\n    return")


@pytest.fixture
def home(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course as students have it, with answers that were recorded."""
    course = copy_of(scaffolded(tmp_path_factory), tmp_path / "course")
    (course / "reference").rename(tmp_path / "away")
    recorded = course / "student_templates" / "tiny" / "recorded_answers.json"
    recorded.rename(course / "assignments" / "tiny" / recorded.name)
    return course


def debug(folder: Path, typed: str, *arguments: object) -> Ended:
    """Debug mine/ with these lines typed."""
    line = command_line("check", "tiny", "--submission", "mine", "--debug", *arguments)
    done = subprocess.run(
        line, cwd=folder, input=typed, capture_output=True, text=True, timeout=TIMEOUT_S
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def test_a_breakpoint_stops_and_prints_are_seen(home: Path) -> None:
    """The debugger reads what is typed; the check judges as usual, and nothing is kept."""
    write(home, "mine/tiny.py", STOPS)
    ended = debug(home, "p float(y) + 1\nc\n", "--check", FIRST)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("debug: your code runs in this terminal, without isolation")
    assert "\ny is 14.0\n" in ended.out and "(Pdb) 15.0\n" in ended.out
    assert " ".join(ended.out.split()).endswith("as in the handout debug: no points")
    assert not kept_path(home / "mine", "tiny").parent.exists()


def test_a_failure_says_what_it_always_says(home: Path) -> None:
    """Only the points are missing. Checks that it needs do not run."""
    write(home, "mine/tiny.py", "def mean_square(x):\n    return [v for v in x][0] * 0.0\n")
    ended = debug(home, "", "--check", STEPS)
    assert (ended.status, ended.err) == (1, "")
    assert ended.out.count("debug: no points") == 1 and "Total" not in ended.out
    assert f"  more: autograder explain {STEPS}" in ended.out


def test_quitting_ends_it(home: Path) -> None:
    """As Ctrl-C does."""
    write(home, "mine/tiny.py", STOPS)
    ended = debug(home, "q\n", "--check", FIRST)
    assert (ended.status, ended.err) == (130, "autograder: interrupted\n")


def test_it_is_refused_beside_answers(run: Run, in_course: Path) -> None:
    """Unless it is told that the submission is trusted."""
    write(in_course, "mine/tiny.py", RIGHT)
    asked = ("check", "tiny", "--submission", "mine", "--debug", "--check", FIRST)
    refused = run(*asked)
    assert (refused.status, refused.out) == (2, "")
    assert "reference has the answers: read the submission, then add --i-trust-this" in refused.err
    assert debug(in_course, "", "--check", FIRST, "--i-trust-this").status == 0


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "--debug needs a check: add --check NAME"),
        (("--check", FIRST, "--part", "1.1"), "leave out --part"),
        (("--check", FIRST, "--watch"), "leave out --watch"),
        (("--check", FIRST, "--html", "f"), "leave out --html"),
        (("--check", FIRST, "--json", "f"), "leave out --json"),
        (("--check", FIRST, "--hidden"), "leave out --hidden"),
        (("--check", "check_mean_square_of_many_numbers"), "is hidden: only visible checks can be"),
        (("--check", "check_meen", "--i-trust-this"), "there is no check 'check_meen'"),
    ],
)
def test_what_cannot_be_debugged_is_refused(
    run: Run, in_course: Path, arguments: tuple[str, ...], reason: str
) -> None:
    """The message says what to change."""
    refused = run("check", "tiny", "--debug", *arguments)
    assert (refused.status, refused.out) == (2, "")
    assert reason in refused.err
