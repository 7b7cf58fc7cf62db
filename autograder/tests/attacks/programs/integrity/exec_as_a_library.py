"""Runs its loop in code that claims to be numpy's: no step of it is counted.

expect: budgets hold
passes: all but check_total_is_vectorised
"""

import numpy as np

SOURCE = """
def loop(x):
    result = 0.0
    for value in x:
        result += float(value)
    return result
"""
names = {}
exec(compile(SOURCE, np.__file__, "exec"), names)


def total(x):
    """Not a step in this file."""
    return names["loop"](x)
