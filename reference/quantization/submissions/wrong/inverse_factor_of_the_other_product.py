"""The factor is upper triangular, but its product with its transpose is the inverse the other way.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def inverse_factor(H):
    return np.linalg.inv(np.linalg.cholesky(H)).T
