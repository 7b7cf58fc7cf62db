"""The sum is left to einsum, which does not use a BLAS for integers.

caught by: (later)
message: (later)
appended to: integers.py
"""


def blas_product(Q, P):
    return np.einsum("bk,rk->br", Q, P, dtype=np.int32)
