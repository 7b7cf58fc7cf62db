"""Columns after the last whole piece are left out.

caught by: (later)
message: (later)
appended to: integers.py
"""


def blas_product(Q, P):
    total = np.zeros((len(Q), len(P)), np.int32)
    for k in range(0, max(Q.shape[1] - 1039, 1), 1040):
        q, p = (codes[:, k : k + 1040].astype(np.float32) for codes in (Q, P))
        total += (q @ p.T).astype(np.int32)
    return total
