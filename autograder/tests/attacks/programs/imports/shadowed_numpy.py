"""Hands in numpy.py and json.py, to be imported by the grader.

expect: other checks still graded
passes: all
beside: numpy.py, json.py, random.py, msgspec.py
"""

import sys


def probe():
    """Whether one of them was imported."""
    names = ("numpy", "json", "random", "msgspec")
    ours = [n for n in names if "submission" in str(getattr(sys.modules.get(n), "__file__", ""))]
    return " ".join(ours) or "contained"
