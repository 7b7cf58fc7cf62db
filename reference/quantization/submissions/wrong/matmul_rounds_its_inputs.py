"""The inputs are rounded to 8 bits, too.

caught by: check_packed_product_agrees_with_loops
message: the product
"""


def matmul_packed(X, packed, tile):
    most = np.abs(X).max()
    scale, zero = parameters(-most, most, 8, symmetric=True)
    X = dequantize(quantize(X, scale, zero, 8, symmetric=True), scale, zero)
    parts = (unpack(packed, slice(i, i + tile)) for i in range(0, packed.shape[0], tile))
    return np.concatenate([X @ W.T for W in parts], axis=1)
