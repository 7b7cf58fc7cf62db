"""Ignores every signal that it can, and loops.

expect: grader ends in time
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import signal


def total(x):
    """For ever."""
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass
