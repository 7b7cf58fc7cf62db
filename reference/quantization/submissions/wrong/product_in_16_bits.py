"""Products are added up in 16 bits.

caught by: check_products_of_random_codes
message: the product of uint
appended to: integers.py
"""


def integer_product(Q, zero_q, P, zero_p):
    q = Q.astype(np.int16) - np.int16(zero_q)
    p = P.astype(np.int16) - zero_p.astype(np.int16)[:, None]
    return (q @ p.T).astype(np.int32)
