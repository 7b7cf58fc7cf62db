"""Keeps the machine busy from threads while the yardstick is timed.

expect: budgets hold
passes: all but check_strength_is_quick
graded: with time
"""

import threading
import time

import numpy as np


def slow(a):
    """The right strength in six times the time."""
    for _ in range(6):
        value = np.trace(a @ a)
    return float(value)


RUNNING = threading.Event()


def _burn():
    a = np.ones((300, 300))
    while True:
        if RUNNING.is_set():
            time.sleep(0.001)
        else:
            a @ a


for _ in range(2):
    threading.Thread(target=_burn, daemon=True).start()


def strength(a):
    """Slow, and quiet only while it is timed itself."""
    RUNNING.set()
    value = slow(a)
    RUNNING.clear()
    return value
