"""The product is multiplied by the scales of X only.

caught by: check_products_in_8_bits
message: row 0 of the product
appended to: compensation.py
"""


def w8a8(X, W):
    (q, s), (p, _) = _rows_in_8_bits(X), _rows_in_8_bits(W)
    return blas_product(q, p) * s
