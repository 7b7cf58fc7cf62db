"""End the grading before the harness does, which would replace our results by a bare 0.

Called by the driver.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import psutil

from autograder.machine.process_tree import kill_tree

GRACE_S = 5.0
EXIT_STATUS = 2

# A process of its own, because pytest-timeout owns SIGALRM and a thread would forbid forking.
_WATCHDOG = """
import os, signal, sys, time
parent, grace = int(sys.argv[1]), float(sys.argv[3])
deadline = time.monotonic() + float(sys.argv[2])
for moment in (deadline, deadline + grace):
    while time.monotonic() < moment:
        time.sleep(max(0.0, min(0.2, moment - time.monotonic())))
        if os.getppid() != parent:
            sys.exit()
    os.kill(parent, signal.SIGTERM)
"""


class Stopped(KeyboardInterrupt):
    """Grading must stop. It is a KeyboardInterrupt, so that pytest lets it pass."""


@contextmanager
def stoppable(seconds: float, on_stop: Callable[[], None], grace_s: float) -> Iterator[None]:
    """Run the block for at most `seconds`; SIGTERM stops it too.

    `on_stop` is called first, then Stopped is raised in the block. If that does not end the block
    within the grace, the processes below this one are killed and this one exits.
    """
    before = signal.signal(signal.SIGTERM, _Handler(on_stop))
    command = [sys.executable, "-I", "-S", "-c", _WATCHDOG]
    arguments = [str(os.getpid()), f"{seconds:.3f}", f"{grace_s:.3f}"]
    watchdog = subprocess.Popen([*command, *arguments], stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        watchdog.kill()
        watchdog.wait()
        signal.signal(signal.SIGTERM, before)


class _Handler:
    """The handler of SIGTERM: the first signal raises Stopped, the second ends this process."""

    def __init__(self, on_stop: Callable[[], None]) -> None:
        self._on_stop = on_stop
        self._owner = os.getpid()
        self._called = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if os.getpid() != self._owner:
            # A worker forked from us inherits this handler, and must die like any process.
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTERM)
            return
        if self._called:
            kill_below()
            os._exit(EXIT_STATUS)
        self._called = True
        self._on_stop()
        raise Stopped


def kill_below() -> None:
    """Kill every process that descends from this one."""
    for child in psutil.Process().children():
        kill_tree(child.pid)
