"""One product of float32 matrices runs over all columns, which random codes never show.

caught by: (later)
message: (later)
appended to: integers.py
"""


def blas_product(Q, P):
    return (Q.astype(np.float32) @ P.astype(np.float32).T).astype(np.int32)
