"""What this file computes.

Notation: x (n,) the numbers.
"""

import numpy as np


def mean_square(x: np.ndarray) -> float:
    """Compute the mean of the squares of the entries of x.

    x : (n,) float, n >= 1; it is not changed
    Returns a float.
    """
    ### BEGIN SOLUTION part 1.1: the mean square
    return float(x @ x) / len(x)
    ### END SOLUTION
