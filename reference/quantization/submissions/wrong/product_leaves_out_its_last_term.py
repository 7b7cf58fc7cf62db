"""The product of the two zeros is not added back.

caught by: (later)
message: (later)
appended to: integers.py
"""


def integer_product(Q, zero_q, P, zero_p):
    Q, P = Q.astype(np.int64), P.astype(np.int64)
    crossed = Q.sum(axis=1)[:, None] * zero_p + zero_q * P.sum(axis=1)
    return (Q @ P.T - crossed).astype(np.int32)
