"""The sums are computed in float32.

caught by: check_products_of_many_terms
message: 1001 products of 255 - 0 and 255 - 0: 6 of 6 are wrong
not recognised: its answers are right to seven digits
appended to: integers.py
"""


def integer_product(Q, zero_q, P, zero_p):
    q = Q.astype(np.float32) - np.float32(zero_q)
    p = P.astype(np.float32) - zero_p.astype(np.float32)[:, None]
    return np.rint(q @ p.T).astype(np.int64).astype(np.int32)
