"""The rows of the factor are divided by their entries on the diagonal.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def inverse_factor(H):
    U = np.linalg.cholesky(np.linalg.inv(H)).T
    return U / np.diag(U)[:, None]
