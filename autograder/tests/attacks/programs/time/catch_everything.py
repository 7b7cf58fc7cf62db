"""Catches whatever would end its loop.

expect: grader ends in time
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import time


def total(x):
    """Again and again."""
    while True:
        try:
            time.sleep(1)
        except BaseException:  # the attack
            continue
