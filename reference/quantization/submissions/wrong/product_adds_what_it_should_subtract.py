"""The terms with one zero are added.

caught by: check_product_of_the_worked_example
message: the product of the worked example
appended to: integers.py
"""


def integer_product(Q, zero_q, P, zero_p):
    Q, P = Q.astype(np.int64), P.astype(np.int64)
    crossed = Q.sum(axis=1)[:, None] * zero_p + zero_q * P.sum(axis=1)
    return (Q @ P.T + crossed + Q.shape[1] * zero_q * zero_p).astype(np.int32)
