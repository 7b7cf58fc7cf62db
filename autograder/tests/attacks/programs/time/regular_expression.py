"""Spends its time in C, where no Python handler runs.

expect: grader ends in time
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import re


def total(x):
    """Exponential in the length."""
    return float(bool(re.match("(a|a)+$", "a" * 60 + "b")))
