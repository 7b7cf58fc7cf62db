"""All rows of P have the zero of the first one.

caught by: check_product_of_the_worked_example
message: the product of the worked example
appended to: integers.py
"""


def integer_product(Q, zero_q, P, zero_p):
    q = Q.astype(np.int64) - zero_q
    return (q @ (P.astype(np.int64) - zero_p[0]).T).astype(np.int32)
