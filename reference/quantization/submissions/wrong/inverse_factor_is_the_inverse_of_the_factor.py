"""The factor is the inverse of the Cholesky factor of H, which is lower triangular.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def inverse_factor(H):
    return np.linalg.inv(np.linalg.cholesky(H))
