"""Every tile is cut out of a matrix that is unpacked as a whole.

caught by: check_packed_product_holds_one_tile
message: the budget is
"""


def matmul_packed(X, packed, tile):
    product = np.empty((len(X), packed.shape[0]), np.float32)
    for start in range(0, packed.shape[0], tile):
        product[:, start : start + tile] = X @ unpack(packed)[start : start + tile].T
    return product
