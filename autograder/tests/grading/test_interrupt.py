"""Ctrl-C, and the death of the grader, leave no process behind."""

import os
import signal
import subprocess
import sys

import pytest

from autograder.tests.grading.tiny import Tiny, check_source
from autograder.tests.sandbox.launchers import none_survive, survivors

_GRADE = """
import sys
from pathlib import Path
from autograder.grading.context.request import GradingRequest
from autograder.grading.running.session import grade
root, launcher = Path(sys.argv[1]), sys.argv[2]
submission = root / "handed in"
grade(
    GradingRequest(root=root, assignment="tiny", submission=submission, launcher=launcher),
    lambda outcome: print(outcome.verdict.value, flush=True),
)
"""
_STUDENT = """
import os, subprocess, sys
def f(x):
    return x
def hang(marker):
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", marker])
    while True:
        pass
"""


def interrupted(tiny: Tiny, launcher: str, number: signal.Signals) -> subprocess.Popen[str]:
    """A grading that got this signal while a student's call and its child were running."""
    tiny.toml(call_s=30, check_s=30)
    marker = str(tiny.root)
    hang = check_source("hang", f"student.hang({marker!r})")
    tiny.checks(check_source("good", "student.f(1)") + hang)
    tiny.hand_in(_STUDENT)
    process = subprocess.Popen(
        [sys.executable, "-c", _GRADE, str(tiny.root), launcher],
        stdout=subprocess.PIPE,
        text=True,
        cwd=tiny.root,
        env={**os.environ, "TMPDIR": str(tiny.root)},  # the workers' folders carry the marker
    )
    assert process.stdout
    assert process.stdout.readline() == "PASSED\n"
    while not any("time.sleep(600)" in " ".join(p.cmdline()) for p in survivors(marker)):
        assert process.poll() is None
    process.send_signal(number)
    process.wait(600)
    process.stdout.close()
    return process


@pytest.mark.parametrize("launcher", ["fork", "spawn"])
def test_ctrl_c_leaves_no_process(tiny: Tiny, launcher: str) -> None:
    """SIGINT in the middle of a call ends the grading, all its processes and folders."""
    process = interrupted(tiny, launcher, signal.SIGINT)
    assert process.returncode == -signal.SIGINT
    assert none_survive(str(tiny.root))
    left = [path.name for path in tiny.root.iterdir() if path.name.startswith("worker-")]
    assert left == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_killed_grader_leaves_no_process(tiny: Tiny, number: signal.Signals) -> None:
    """Even when the grader cannot tidy up, the launcher notices and ends every worker."""
    interrupted(tiny, "fork", number)
    assert none_survive(str(tiny.root))
