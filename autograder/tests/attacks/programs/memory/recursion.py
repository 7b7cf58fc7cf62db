"""Recurses until something fails.

expect: limits hold
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import sys


def total(x):
    """Deeper and deeper."""
    sys.setrecursionlimit(2**31 - 1)
    return total(x)
