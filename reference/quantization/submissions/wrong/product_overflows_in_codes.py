"""Codes are multiplied as bytes, where products wrap around.

caught by: check_product_of_the_worked_example
message: the product of the worked example
appended to: integers.py
"""


def integer_product(Q, zero_q, P, zero_p):
    sums_q, sums_p = (codes.sum(axis=1, dtype=np.int64) for codes in (Q, P))
    same = np.int8 if Q.dtype == P.dtype == np.int8 else np.uint8
    product = (Q.astype(same) @ P.astype(same).T).astype(np.int64)
    crossed = sums_q[:, None] * zero_p + zero_q * sums_p - Q.shape[1] * zero_q * zero_p
    return (product - crossed).astype(np.int32)
