"""Each factor has one scale for all its rows.

caught by: check_products_in_8_bits
message: row 0 of the product
appended to: compensation.py
"""


def w8a8(X, W):
    (q, s), (p, t) = (_in_8_bits(factor) for factor in (X, W))
    return blas_product(q, p) * s * t


def _in_8_bits(factor):
    most = np.abs(factor).max(initial=0.0)
    scale, zero = parameters(-most, most, 8, symmetric=True)
    return quantize(factor, scale, zero, 8, symmetric=True), scale
