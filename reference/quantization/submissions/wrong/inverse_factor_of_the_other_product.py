"""The factor is upper triangular, but its product with its transpose is the inverse the other way.

caught by: check_factor_of_the_inverse
message: U of 2 x 2
appended to: compensation.py
"""


def inverse_factor(H):
    return np.linalg.inv(np.linalg.cholesky(H)).T
