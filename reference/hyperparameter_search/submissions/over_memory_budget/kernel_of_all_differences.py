"""All differences are in one array.

caught by: check_kernel_fits_in_memory
message: the budget is
appended to: bayesian.py
"""


def rbf_kernel(X, Z, gamma):
    return np.exp(-gamma * ((X[:, None] - Z) ** 2).sum(axis=2))
