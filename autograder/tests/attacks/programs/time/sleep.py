"""Sleeps in one function.

expect: grader ends in time
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import time


def total(x):
    """Much later."""
    time.sleep(1000)
