"""The product is that of the codes alone.

caught by: (later)
message: (later)
appended to: integers.py
"""


def integer_product(Q, zero_q, P, zero_p):
    return Q.astype(np.int32) @ P.astype(np.int32).T
