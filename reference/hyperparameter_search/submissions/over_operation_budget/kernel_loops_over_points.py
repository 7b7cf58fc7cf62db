"""The kernel is computed a row at a time.

caught by: check_kernel_has_no_loop_over_points
message: interpreter steps
appended to: bayesian.py
"""


def rbf_kernel(X, Z, gamma):
    rows = [np.exp(-gamma * ((x - Z) ** 2).sum(axis=1)) for x in X]
    return np.array(rows).reshape(len(X), len(Z))
