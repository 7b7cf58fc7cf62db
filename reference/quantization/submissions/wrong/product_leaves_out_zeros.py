"""The product is that of the codes alone.

caught by: check_product_of_the_worked_example
message: the product of the worked example
appended to: integers.py
"""


def integer_product(Q, zero_q, P, zero_p):
    return Q.astype(np.int32) @ P.astype(np.int32).T
