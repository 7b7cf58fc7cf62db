"""The exact pieces are added up in float32.

caught by: check_exact_terms_of_the_worked_example, check_float_products_are_exact
message: 1041 products of 127 and 127: 1 of 1 are wrong
appended to: integers.py
"""


def blas_product(Q, P):
    total = np.zeros((len(Q), len(P)), np.float32)
    for k in range(0, Q.shape[1], 1040):
        q, p = (codes[:, k : k + 1040].astype(np.float32) for codes in (Q, P))
        total += q @ p.T
    return total.astype(np.int32)
