"""Writes random bytes into the channel.

expect: grader survives
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import os


def total(x):
    """Not a frame."""
    os.write(4, os.urandom(4000))
    return 0.0
