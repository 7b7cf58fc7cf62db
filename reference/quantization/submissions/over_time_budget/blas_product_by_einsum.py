"""The sum is left to einsum, which does not use a BLAS for integers.

caught by: check_float_products_are_fast
message: x yardstick
appended to: integers.py
"""


def blas_product(Q, P):
    return np.einsum("bk,rk->br", Q, P, dtype=np.int32)
