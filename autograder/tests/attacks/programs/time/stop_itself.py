"""Stops its own process, neither dead nor alive.

expect: grader ends in time
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import os
import signal


def total(x):
    """Stopped."""
    os.kill(os.getpid(), signal.SIGSTOP)
    return 0.0
