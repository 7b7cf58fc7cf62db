"""The zero of Q is subtracted from bytes, where the difference wraps around.

caught by: check_product_of_the_worked_example, check_products_of_random_codes
message: the product of the worked example
appended to: integers.py
"""


def integer_product(Q, zero_q, P, zero_p):
    return ((Q - np.array(zero_q).astype(Q.dtype)) @ (P - zero_p[:, None]).T).astype(np.int32)
