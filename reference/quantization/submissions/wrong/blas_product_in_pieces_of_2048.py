"""A piece has 2048 columns, about twice too many.

caught by: (later)
message: (later)
appended to: integers.py
"""


def blas_product(Q, P):
    total = np.zeros((len(Q), len(P)), np.int32)
    for k in range(0, Q.shape[1], 2048):
        q, p = (codes[:, k : k + 2048].astype(np.float32) for codes in (Q, P))
        total += (q @ p.T).astype(np.int32)
    return total
