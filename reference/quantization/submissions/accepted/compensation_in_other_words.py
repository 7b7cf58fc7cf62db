"""The transform is recursive, and the rest is written with lists, loops and einsum.

appended to: compensation.py
"""


def hadamard(x):
    n = x.shape[-1]
    if n == 0 or n != 2 ** (n.bit_length() - 1):
        raise ValueError("not a power of two")
    return _sums(np.asarray(x, np.float64)) * n**-0.5


def _sums(x):
    half = x.shape[-1] // 2
    if half == 0:
        return x
    left, right = x[..., :half], x[..., half:]
    return np.concatenate([_sums(left + right), _sums(left - right)], axis=-1)


def awq_scale(W, X, bits, group, alphas):
    importance = np.mean(np.absolute(X), axis=0)
    outputs, tried = X @ W.T, []
    for alpha in alphas:
        s = np.power(importance, alpha)
        s = s / (np.max(s) * np.min(s)) ** 0.5
        V = unpack(group_quantize(W * s, bits, group, False))
        tried.append((np.linalg.norm(outputs - X @ (V / s).T) ** 2, s))
    best = int(np.argmin([error for error, _ in tried]))
    return tried[best][1], alphas[best]


def w8a8(X, W):
    steps = [np.maximum(np.abs(M).max(axis=1, initial=0) / 127, 2.0**-126) for M in (X, W)]
    q, p = (
        np.rint(M / step[:, None]).astype(np.int64) for M, step in zip((X, W), steps, strict=True)
    )
    return np.einsum("bk,rk,b,r->br", q, p, *steps)


def w8a8_split(X, W, threshold):
    outliers = {k for k in range(X.shape[1]) if (np.abs(X[:, k]) > threshold).any()}
    rest = [k for k in range(X.shape[1]) if k not in outliers]
    product = w8a8(X[:, rest], W[:, rest])
    for k in outliers:
        product += np.outer(X[:, k], W[:, k])
    return product
