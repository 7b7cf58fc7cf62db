"""Flees: each process starts the next one and ends, too fast for a list of processes.

expect: no process survives
passes: all
needs: isolation = "processes"
"""

import os
import time


def _run():
    os.setsid()
    deadline = time.monotonic() + 6
    for _ in range(4000):
        if time.monotonic() > deadline or os.fork():
            os._exit(0)


def probe():
    """Two runners."""
    for _ in range(2):
        if os.fork() == 0:
            _run()
            os._exit(0)
    return "contained"
