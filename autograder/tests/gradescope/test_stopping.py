"""Stopping in time, and leaving no process behind."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from autograder.gradescope.rehearsal.descendants import descendants
from autograder.gradescope.runner.stopping import Stopped, kill_below, stoppable

SLEEP = [sys.executable, "-S", "-c", "import time; time.sleep(600)"]
DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
os.wait()
"""


def test_the_block_is_stopped_when_its_time_is_over() -> None:
    """The callback runs first, then the exception ends the block."""
    called = []
    with pytest.raises(Stopped), stoppable(0.1, lambda: called.append(1), grace_s=30):
        time.sleep(600)
    assert called == [1]


def test_a_block_that_ends_in_time_leaves_everything_as_it_was() -> None:
    """No watchdog, and the old handler of the signal."""
    before = signal.getsignal(signal.SIGTERM), psutil.Process().children()
    with stoppable(600, lambda: None, grace_s=1):
        assert len(psutil.Process().children()) == len(before[1]) + 1
    assert (signal.getsignal(signal.SIGTERM), psutil.Process().children()) == before


def test_a_forked_process_dies_of_the_signal_as_any_other() -> None:
    """A worker that inherited our handler does not write results."""
    called: list[int] = []
    with stoppable(600, lambda: called.append(1), grace_s=1):
        child = os.fork()
        if child == 0:
            os.kill(os.getpid(), signal.SIGTERM)
            os._exit(7 if called else 8)
        _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGTERM


def test_kill_below_kills_children() -> None:
    """The second signal kills the processes below this one."""
    child = subprocess.Popen(SLEEP)
    kill_below()
    assert child.wait(600) == -signal.SIGKILL


def test_a_detached_process_is_found_and_killed() -> None:
    """A daemon that left session and parent is a descendant still."""
    with descendants() as running:
        subprocess.run([sys.executable, "-S", "-c", DAEMON], check=True)
        found = running()
        assert len(found) == 1
    assert not found[0].is_running()


def test_processes_from_before_the_block_are_left_alone() -> None:
    """Only processes that the block started are killed."""
    child = subprocess.Popen(SLEEP)
    try:
        with descendants() as running:
            assert running() == []
        assert child.poll() is None
    finally:
        child.kill()
        child.wait()
