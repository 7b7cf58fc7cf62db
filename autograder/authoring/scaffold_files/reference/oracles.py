"""Independent answers: plain loops in float64, never the reference's own idea."""

import math

import numpy as np


def mean_square(x: np.ndarray) -> float:
    """The mean of the squares, with exactly rounded sums."""
    return math.fsum(float(value) ** 2 for value in x) / len(x)
