"""Prints whatever it is given, in every function.

expect: no canary leaks
passes: check_minimum, check_probe
"""

import sys


def total(x):
    """Print and fail."""
    print(globals()["LEAKED"] if x.size == 33 else "", *(int(v) for v in x))
    return 0.0


def scaled(x, k):
    """Print on the other stream, and raise."""
    word = globals()["LEAKED"] if x.size == 21 else ""
    print(word, *(int(v) for v in x), file=sys.stderr)
    raise ValueError(f"{word} {int(x[-1])}")
