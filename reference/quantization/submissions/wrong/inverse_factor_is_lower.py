"""The factor is the lower triangular one of the inverse.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def inverse_factor(H):
    return np.linalg.cholesky(np.linalg.inv(H))
