"""Codes are multiplied in int64.

caught by: check_float_products_are_fast
message: x yardstick
appended to: integers.py
"""


def blas_product(Q, P):
    return (Q.astype(np.int64) @ P.astype(np.int64).T).astype(np.int32)
