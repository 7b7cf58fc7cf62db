"""Codes are multiplied by numpy's own loop over integers.

caught by: check_float_products_are_fast
message: x yardstick
appended to: integers.py
"""


def blas_product(Q, P):
    return Q.astype(np.int32) @ P.astype(np.int32).T
