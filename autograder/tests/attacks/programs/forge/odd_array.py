"""Returns arrays of odd types, shapes and contents.

expect: grader survives
passes: check_minimum, check_probe, check_peek
"""

import numpy as np


def total(x):
    """Empty, with a huge shape."""
    return np.empty((2**40, 0))


def scaled(x, k):
    """Extended precision that is no number."""
    return np.full(x.shape, np.nan, dtype=np.longdouble)
