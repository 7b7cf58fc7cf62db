"""The sums are computed in float32.

caught by: (later)
message: (later)
appended to: integers.py
"""


def integer_product(Q, zero_q, P, zero_p):
    q = Q.astype(np.float32) - np.float32(zero_q)
    p = P.astype(np.float32) - zero_p.astype(np.float32)[:, None]
    return np.rint(q @ p.T).astype(np.int64).astype(np.int32)
