"""The factor is that of H and not of its inverse.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def inverse_factor(H):
    return np.linalg.cholesky(H).T
