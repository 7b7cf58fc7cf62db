"""`autograder lab` as it is typed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.tests.authoring.course import write
from autograder.tests.cli.commands import command_line, run_apart
from autograder.tests.lab.conftest import LAB


def test_the_command_measures_and_says_where(course: Path) -> None:
    """From a folder of the course, with plain lines where there is no terminal."""
    done = run_apart(course, *LAB[:4], "--quick", "--plots", "svg")
    assert done.status == 0 and done.err == ""
    rows = done.out.splitlines()
    assert rows[0] == "[1/2] A. The mean square of so many numbers: 3 cases"
    assert rows[1].startswith("[2/2] B. The time it takes: 1 case, about 1 s left")
    assert rows[2].endswith("plots-quick") and rows[3] == "wrote measurements-quick.json"
    assert (course / "plots-quick" / "squares.svg").exists()
    assert not (course / "plots").exists() and not (course / "measurements.json").exists()


def test_a_failed_case_is_status_1(course: Path) -> None:
    """As a failed check; what was asked for in vain is status 2."""
    write(course, "mine/tiny.py", "def mean_square(x):\n    return 1 / 0\n")
    done = run_apart(course, *LAB, "--only", "times")
    assert done.status == 1
    assert "not measured: size 3\n" in done.out
    assert done.out.endswith("wrote measurements.json, which is not complete\n")
    refused = run_apart(course, *LAB, "--only", "time")
    assert (refused.status, refused.out) == (2, "")
    assert refused.err == "autograder: there is no experiment 'time'; did you mean 'times'?\n"


@pytest.mark.skipif(sys.platform != "linux", reason="a terminal is made as on Linux")
def test_a_terminal_gets_a_bar(course: Path) -> None:
    """With how many of the cases are measured; it is gone in the end."""
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command_line(*LAB), cwd=course, stdout=theirs, env={**os.environ, "TERM": "xterm"}
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while read := os.read(ours, 10_000):
                shown += read
        except OSError:  # how a terminal ends
            pass
    os.close(ours)
    assert process.returncode == 0
    assert b"4/4" in shown and "━".encode() in shown and b"The time it takes" in shown
    assert shown.rstrip().endswith(b"wrote measurements.json")
