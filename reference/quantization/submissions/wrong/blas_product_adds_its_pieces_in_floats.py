"""The exact pieces are added up in float32.

caught by: (later)
message: (later)
appended to: integers.py
"""


def blas_product(Q, P):
    total = np.zeros((len(Q), len(P)), np.float32)
    for k in range(0, Q.shape[1], 1040):
        q, p = (codes[:, k : k + 1040].astype(np.float32) for codes in (Q, P))
        total += q @ p.T
    return total.astype(np.int32)
