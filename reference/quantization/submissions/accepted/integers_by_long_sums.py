"""Sums are computed in int64, zeros are subtracted first, and factors are doubled until they fit.

appended to: integers.py
"""


def integer_product(Q, zero_q, P, zero_p):
    q, p = Q.astype(np.int64) - zero_q, P.astype(np.int64) - zero_p[:, np.newaxis]
    return np.einsum("bk,rk->br", q, p).astype(np.int32)


def blas_product(Q, P):
    total = np.zeros((len(Q), len(P)), np.int64)
    for q, p in zip(
        *(np.array_split(M, -(-M.shape[1] // 1024) or 1, 1) for M in (Q, P)), strict=True
    ):
        total += np.matmul(q.astype("f4"), p.astype("f4").T).astype(np.int64)
    return total.astype(np.int32)


def fixed_point(factor):
    shift = 30
    while factor < 0.5:
        factor, shift = 2 * factor, shift + 1
    multiplier = round(factor * 2**31)
    if multiplier == 2**31:
        return 2**30, shift
    return multiplier, shift + 1


def requantize(acc, multiplier, shift, zero, bits):
    sizes, rest = np.divmod(np.abs(acc.astype(np.int64) * multiplier), 2**shift)
    sizes += rest >= 2 ** (shift - 1)
    codes = np.where(acc < 0, -sizes, sizes) + zero
    return np.minimum(np.maximum(codes, 0), 2**bits - 1).astype(np.uint8)
