"""One product of float32 matrices runs over all columns, which random codes never show.

caught by: check_exact_terms_of_the_worked_example, check_float_products_are_exact
message: 1041 products of 127 and 127: 1 of 1 are wrong
appended to: integers.py
"""


def blas_product(Q, P):
    return (Q.astype(np.float32) @ P.astype(np.float32).T).astype(np.int32)
