"""Products go through float64, which has every whole number up to 2^53.

appended to: integers.py
"""


def integer_product(Q, zero_q, P, zero_p):
    q = Q.astype(np.float64) - zero_q
    p = P.astype(np.float64) - zero_p[:, None]
    return (q @ p.T).astype(np.int64).astype(np.int32)


def blas_product(Q, P):
    d, tile = Q.shape[1], 1000
    total = np.zeros((Q.shape[0], P.shape[0]))
    for k in range(0, d, tile):
        total += Q[:, k : k + tile].astype(np.float32) @ P[:, k : k + tile].astype(np.float32).T
    return total.astype(np.int32)


def exact_terms(largest_q, largest_p):
    terms = int(2.0**24 / (largest_q * largest_p))
    while (terms + 1) * largest_q * largest_p <= 1 << 24:
        terms += 1
    while terms * largest_q * largest_p > 1 << 24:
        terms -= 1
    return terms
