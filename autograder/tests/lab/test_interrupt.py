"""Ctrl-C, and being killed: nothing is left behind, and what was measured is kept."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from autograder.tests.authoring.course import write
from autograder.tests.cli.commands import TIMEOUT_S, alive, command_line, family
from autograder.tests.cli.test_interrupt import wait_for, worker_is_busy
from autograder.tests.lab.conftest import LAB, RIGHT, measured_cases

# It computes for ever in the second case.
HANGS = "def mean_square(x):\n    while len(x) == 2:\n        pass\n" + RIGHT.partition("\n")[2]

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there"
)


def stopped(course: Path, signum: int, whole_group: bool) -> tuple[int, str, list[psutil.Process]]:
    """The lab, stopped while it hangs: its status, its errors, all its processes."""
    write(course, "mine/tiny.py", HANGS)
    with subprocess.Popen(
        command_line(*LAB),
        cwd=course,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        saved = course / "measurements.json"
        wait_for(lambda: saved.exists() and worker_is_busy(process.pid))
        everyone = family(process.pid)
        (os.killpg if whole_group else os.kill)(process.pid, signum)
        _, err = process.communicate(timeout=TIMEOUT_S)
    return process.returncode, err, everyone


@pytest.mark.parametrize("whole_group", [True, False], ids=["terminal", "kill"])
def test_ctrl_c_keeps_what_was_measured(course: Path, whole_group: bool) -> None:
    """Status 130, no process left, one row saved, and the next run goes on after it."""
    status, err, everyone = stopped(course, signal.SIGINT, whole_group)
    assert (status, err) == (130, "autograder: interrupted\n")
    assert len(everyone) == 2 and alive(everyone) == []
    saved = json.loads((course / "measurements.json").read_text())
    assert [row["n"] for row in saved["experiments"]["squares"]["rows"]] == [1]
    assert saved["finished"] is None
    measured_cases(course)
    again = subprocess.Popen(command_line(*LAB), cwd=course, stdout=subprocess.PIPE, text=True)
    with again:
        assert again.stdout is not None
        assert again.stdout.readline() == "1 case measured before, 3 to go\n"
        again.send_signal(signal.SIGINT)
        again.communicate(timeout=TIMEOUT_S)  # an output that is closed first would be a fault
    assert again.returncode == 130


def test_a_lab_that_is_killed_takes_its_process_along(course: Path) -> None:
    """Even a process that hangs ends: it notices that the lab has ended."""
    status, _, everyone = stopped(course, signal.SIGKILL, whole_group=False)
    assert status == -signal.SIGKILL
    assert len(everyone) == 2 and alive(everyone) == []
