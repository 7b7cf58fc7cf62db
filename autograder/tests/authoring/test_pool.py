"""The pool in which verify's gradings wait."""

import signal
import subprocess
import sys

import psutil
import pytest

from autograder.grading.running.subprocess_grading import grading_pool

SLEEPER = "import os, time; os.write(1, b'asleep' + bytes([10])); time.sleep(60)"
GRADINGS = """\
import subprocess, sys
from autograder.grading.running.subprocess_grading import grading_pool

sleeper = [sys.executable, "-c", sys.argv[1]]
try:
    with grading_pool(2) as pool:
        for result in [pool.submit(subprocess.run, sleeper) for _ in range(4)]:
            result.result()
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def test_it_gives_what_was_submitted() -> None:
    """Without an interruption it returns results like any other pool."""
    with grading_pool(2) as pool:
        results = [pool.submit(pow, 2, power) for power in range(5)]
    assert [result.result() for result in results] == [1, 2, 4, 8, 16]


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_ctrl_c_ends_the_gradings_under_way() -> None:
    """They end at once, also where the signal does not reach, and no other one starts."""
    with subprocess.Popen(
        [sys.executable, "-c", GRADINGS, SLEEPER], stdout=subprocess.PIPE, text=True
    ) as main:
        assert main.stdout
        assert [main.stdout.readline() for _ in range(2)] == ["asleep\n"] * 2
        gradings = psutil.Process(main.pid).children()
        main.send_signal(signal.SIGINT)
        assert main.stdout.read() == "interrupted\n"
        assert main.wait(600) == 0
    assert len(gradings) == 2
    assert not [grading for grading in gradings if grading.is_running()]
