"""The difference is taken after the sum has overwritten its first part.

caught by: check_hadamard_of_the_worked_example, check_hadamard_is_that_of_sylvester
message: the result
appended to: compensation.py
"""


def hadamard(x):
    n = x.shape[-1]
    if n < 1 or n & (n - 1):
        raise ValueError(f"{n} is not a power of two")
    y, width = np.array(x, np.float64), 1
    while width < n:
        pairs = y.reshape(*y.shape[:-1], n // (2 * width), 2, width)
        pairs[..., 0, :] += pairs[..., 1, :]
        pairs[..., 1, :] = pairs[..., 0, :] - pairs[..., 1, :]
        width *= 2
    return y / np.sqrt(n)
