"""The factor is the lower triangular one of the inverse.

caught by: check_factor_of_the_inverse
message: U of 2 x 2
appended to: compensation.py
"""


def inverse_factor(H):
    return np.linalg.cholesky(np.linalg.inv(H))
