"""The exponent of the kernel is halved.

caught by: check_kernel_of_three_points
message: K with gamma = ln 2
appended to: bayesian.py
"""


def rbf_kernel(X, Z, gamma):
    squares = sum(np.subtract.outer(x, z) ** 2 for x, z in zip(X.T, Z.T, strict=True))
    return np.exp(-gamma * squares / 2)
