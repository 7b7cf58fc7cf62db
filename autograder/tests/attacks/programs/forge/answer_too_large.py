"""Passes 64 MB to the check's function, which makes a larger array of them.

expect: grader takes no blame
passes: all but check_minimum
"""

import numpy as np


def minimise(slope, start):
    """64 MB of small numbers, which become 512 MB of large ones."""
    return slope(np.zeros(2**26, dtype=np.int8))
