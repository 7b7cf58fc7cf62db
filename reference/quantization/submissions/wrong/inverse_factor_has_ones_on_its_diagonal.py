"""The rows of the factor are divided by their entries on the diagonal.

caught by: check_factor_of_the_inverse
message: U of 2 x 2
appended to: compensation.py
"""


def inverse_factor(H):
    U = np.linalg.cholesky(np.linalg.inv(H)).T
    return U / np.diag(U)[:, None]
