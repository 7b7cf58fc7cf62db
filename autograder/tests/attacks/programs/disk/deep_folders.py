"""Nests folders more deeply than a recursive removal can follow.

expect: grader survives
passes: all
"""

import os


def probe():
    """1100 levels."""
    for _ in range(1100):
        os.mkdir("d")
        os.chdir("d")
    return "contained"
