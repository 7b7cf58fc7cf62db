"""Each column of W has a scale, so that no sum of codes can be scaled.

caught by: (later)
message: (later)
appended to: compensation.py
"""


def w8a8(X, W):
    (q, s), (p, t) = _rows_in_8_bits(X), _rows_in_8_bits(W.T)
    return blas_product(q, np.ascontiguousarray(p.T)) * s * t.mean()
