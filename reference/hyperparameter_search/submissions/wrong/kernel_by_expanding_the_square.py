"""Squared distances are expanded.

caught by: check_kernel_of_random_points
message: K
appended to: bayesian.py
not recognised: its answers differ from the right ones by a rounding
"""


def rbf_kernel(X, Z, gamma):
    lengths = (X**2).sum(axis=1)[:, None] + (Z**2).sum(axis=1)
    return np.exp(-gamma * np.maximum(lengths - 2 * X @ Z.T, 0))
