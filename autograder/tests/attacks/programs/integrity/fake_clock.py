"""Replaces every clock of Python, and takes too long.

expect: budgets hold
passes: all but check_strength_is_quick
graded: with time
"""

import time

import numpy as np

for name in ("time", "perf_counter", "process_time", "monotonic", "thread_time", "time_ns"):
    setattr(time, name, lambda: 0.0)


def slow(a):
    """The right strength in six times the time."""
    for _ in range(6):
        value = np.trace(a @ a)
    return float(value)


strength = slow
