"""The factor is that of H and not of its inverse.

caught by: check_factor_of_the_inverse
message: U of 2 x 2
appended to: compensation.py
"""


def inverse_factor(H):
    return np.linalg.cholesky(H).T
