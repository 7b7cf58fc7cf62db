"""Zeros are subtracted from the codes before these are widened.

caught by: check_product_of_the_worked_example
message: the product of the worked example
appended to: integers.py
"""


def integer_product(Q, zero_q, P, zero_p):
    q = (Q - np.array(zero_q).astype(Q.dtype)).astype(np.int64)
    p = (P - zero_p.astype(P.dtype)[:, None]).astype(np.int64)
    return (q @ p.T).astype(np.int32)
