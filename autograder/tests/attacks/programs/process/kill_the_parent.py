"""Signals its parent, the grader and everyone else it may.

expect: grader survives
passes: all
"""

import os
import signal


def probe():
    """Whether anyone could be signalled: 0 asks, and does no harm."""
    for pid in (os.getppid(), os.getppid() - 1, 1):
        try:
            os.kill(pid, 0)
            os.kill(pid, signal.SIGCONT)
        except OSError:
            continue
        return "a signal arrived"
    return "contained"
