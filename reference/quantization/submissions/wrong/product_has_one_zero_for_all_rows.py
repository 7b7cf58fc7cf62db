"""All rows of P have the zero of the first one.

caught by: (later)
message: (later)
appended to: integers.py
"""


def integer_product(Q, zero_q, P, zero_p):
    q = Q.astype(np.int64) - zero_q
    return (q @ (P.astype(np.int64) - zero_p[0]).T).astype(np.int32)
