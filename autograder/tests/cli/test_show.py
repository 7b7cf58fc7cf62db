"""`autograder show`: the inputs of a check as a script."""

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.tests.authoring.course import write
from autograder.tests.cli.commands import Run, run_apart

FIRST = "check_mean_square_of_three_numbers"
PRINTS = "def mean_square(x):\n    print('given', x)\n    raise NotImplementedError\n"


def test_the_script_runs_the_students_code(in_course: Path) -> None:
    """With the inputs of the check, even where it fails, and without what is expected."""
    write(in_course, "mine/tiny.py", PRINTS)
    told = run_apart(in_course, "show", FIRST, "--submission", "mine")
    script = in_course / "show_mean_square_of_three_numbers.py"
    assert (told.status, told.err) == (0, "")
    assert told.out.startswith(f"wrote {script.name}: the inputs of {FIRST};")
    text = script.read_text()
    assert "x = np.array([1.0, 2.0, 3.0], dtype='float64')\n" in text and "4.6" not in text
    write(in_course, "mine/tiny.py", PRINTS.replace("raise NotImplementedError", "return 7"))
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert done.stdout == "given [1. 2. 3.]\nmean_square 7\n"
    again = run_apart(in_course, "show", FIRST, "--submission", "mine")
    assert again.status == 2
    assert "exists already: name another file with --out, or remove it" in again.err


def test_a_check_that_calls_nothing_has_no_script(in_course: Path) -> None:
    """As when the file cannot be imported."""
    write(in_course, "mine/tiny.py", "1 / 0\n")
    told = run_apart(in_course, "show", FIRST, "tiny", "--submission", "mine", "--out", "s.py")
    assert (told.status, (in_course / "s.py").exists()) == (2, False)
    assert f"has called nothing: run autograder check tiny --check {FIRST}" in told.err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (
            ("check_mean_square_of_many_numbers",),
            "there is no visible check 'check_mean_square_of_",
        ),
        (("meen",), "there is no visible check 'meen'"),
        ((FIRST, "--out", "tiny.py"), "tiny.py cannot hold the script: name another file"),
        ((FIRST, "--out", "s.txt"), "s.txt cannot hold the script"),
        (
            (FIRST, "--submission", "course.toml"),
            "the script needs your files unpacked in a folder",
        ),
        (("ring", "tiny"), "check_ring runs ranks of a cluster, which need each other's messages"),
    ],
)
def test_what_cannot_be_shown_is_refused(
    run: Run, in_course: Path, arguments: tuple[str, ...], reason: str
) -> None:
    """Hidden checks, ranks of a cluster, and files that hold something else."""
    checks = in_course / "assignments/tiny/checks/check_1_mean_square.py"
    ring = '\n\n@check(part="1.1", points=1)\ndef check_ring(student, cluster):\n    """R."""\n'
    checks.write_text(checks.read_text() + ring)
    refused = run("show", *arguments)
    assert (refused.status, refused.out) == (2, "")
    assert reason in refused.err
