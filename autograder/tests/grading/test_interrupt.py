"""Ctrl-C, and the death of the grader, leave no process behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable

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


_RANKS = """
def f(x):
    return x
def hang(comm):
    if comm.rank:
        comm.recv(0)
    open("hangs", "w").close()
    while True:
        pass
"""


def interrupted(tiny: Tiny, launcher: str, number: signal.Signals) -> subprocess.Popen[str]:
    """A grading that got this signal while a student's call and its child were running."""
    marker = str(tiny.root)
    tiny.hand_in(_STUDENT)

    def hangs() -> bool:
        return any("time.sleep(600)" in " ".join(p.cmdline()) for p in survivors(marker))

    return signalled(tiny, f"student.hang({marker!r})", hangs, launcher, number)


def signalled(
    tiny: Tiny, body: str, hangs: Callable[[], bool], launcher: str, number: signal.Signals
) -> subprocess.Popen[str]:
    """A grading that got this signal once the check with this body hangs."""
    tiny.toml(call_s=30, check_s=30)
    tiny.checks(
        check_source("good", "student.f(1)") + check_source("hang", body, isolation="processes")
    )
    process = subprocess.Popen(
        [sys.executable, "-c", _GRADE, str(tiny.root), launcher],
        stdout=subprocess.PIPE,
        text=True,
        cwd=tiny.root,
        env={**os.environ, "TMPDIR": str(tiny.root)},  # the workers' folders carry the marker
    )
    assert process.stdout
    assert process.stdout.readline() == "PASSED\n"
    while not hangs():
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
    require_nothing_left(tiny)


def test_ctrl_c_leaves_no_rank(tiny: Tiny) -> None:
    """The same while three ranks of a cluster wait for one that hangs."""
    tiny.hand_in(_RANKS)

    def hangs() -> bool:
        return any(tiny.root.glob("worker-*/*/hangs"))

    body = "cluster.run(student.hang, size=4, inputs=lambda rank: ())"
    process = signalled(tiny, body, hangs, "fork", signal.SIGINT)
    assert process.returncode == -signal.SIGINT
    require_nothing_left(tiny)


def require_nothing_left(tiny: Tiny) -> None:
    """No process, and no folder of a worker."""
    assert none_survive(str(tiny.root))
    left = [path.name for path in tiny.root.iterdir() if path.name.startswith("worker-")]
    assert left == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_killed_grader_leaves_no_process(tiny: Tiny, number: signal.Signals) -> None:
    """Even when the grader cannot tidy up, the launcher notices and ends every worker."""
    interrupted(tiny, "fork", number)
    assert none_survive(str(tiny.root))
