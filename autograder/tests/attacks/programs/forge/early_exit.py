"""Leaves with status 0 in the middle of a call.

expect: points only for right values
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import os


def total(x):
    """Success, as an exit status has it."""
    os._exit(0)
