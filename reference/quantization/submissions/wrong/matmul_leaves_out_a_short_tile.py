"""Rows after the last whole tile stay 0.

caught by: check_packed_product_agrees_with_loops
message: the product
"""


def matmul_packed(X, packed, tile):
    product = np.zeros((len(X), packed.shape[0]), np.float32)
    for start in range(0, packed.shape[0] - tile + 1, tile):
        part = slice(start, start + tile)
        product[:, part] = X @ unpack(packed, part).T
    return product
