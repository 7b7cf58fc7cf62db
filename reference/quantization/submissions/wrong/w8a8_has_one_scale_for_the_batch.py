"""The rows of X share the scale of the largest one.

caught by: check_products_in_8_bits
message: row 0 of the product
appended to: compensation.py
"""


def w8a8(X, W):
    most = np.abs(X).max(initial=0.0)
    scale, zero = parameters(-most, most, 8, symmetric=True)
    q, (p, t) = quantize(X, scale, zero, 8, symmetric=True), _rows_in_8_bits(W)
    return blas_product(q, p) * scale * t.T
