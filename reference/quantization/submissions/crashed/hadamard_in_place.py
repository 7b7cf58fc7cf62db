"""The passes change the array of the caller.

caught by: check_hadamard_is_that_of_sylvester
message: read-only
appended to: compensation.py
"""


def hadamard(x):
    n = x.shape[-1]
    if n < 1 or n & (n - 1):
        raise ValueError(f"{n} is not a power of two")
    width = 1
    while width < n:
        pairs = x.reshape(*x.shape[:-1], n // (2 * width), 2, width)
        above, below = pairs[..., 0, :].copy(), pairs[..., 1, :].copy()
        pairs[..., 0, :], pairs[..., 1, :] = above + below, above - below
        width *= 2
    x /= np.sqrt(n)
    return x
