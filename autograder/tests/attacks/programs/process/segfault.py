"""Crashes in C.

expect: other checks still graded
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import ctypes


def total(x):
    """Reads address 0."""
    return float(ctypes.string_at(0)[0])
