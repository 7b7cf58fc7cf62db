"""The last pass is left out.

caught by: check_hadamard_of_the_worked_example, check_hadamard_is_that_of_sylvester
message: the result
appended to: compensation.py
"""


def hadamard(x):
    n = x.shape[-1]
    if n < 1 or n & (n - 1):
        raise ValueError(f"{n} is not a power of two")
    y, width = np.array(x, np.float64), 1
    while 2 * width < n:
        pairs = y.reshape(*y.shape[:-1], n // (2 * width), 2, width)
        above, below = pairs[..., 0, :].copy(), pairs[..., 1, :].copy()
        pairs[..., 0, :], pairs[..., 1, :] = above + below, above - below
        width *= 2
    return y / np.sqrt(n)
