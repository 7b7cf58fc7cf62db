"""The product of the two zeros is not added back.

caught by: check_product_of_the_worked_example, check_products_of_many_terms
message: the product of the worked example
appended to: integers.py
"""


def integer_product(Q, zero_q, P, zero_p):
    Q, P = Q.astype(np.int64), P.astype(np.int64)
    crossed = Q.sum(axis=1)[:, None] * zero_p + zero_q * P.sum(axis=1)
    return (Q @ P.T - crossed).astype(np.int32)
