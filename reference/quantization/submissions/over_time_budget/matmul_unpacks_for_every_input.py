"""The weights are unpacked again for every input.

caught by: check_packed_product_takes_little_time
message: x yardstick
"""


def matmul_packed(X, packed, tile):
    product = np.empty((len(X), packed.shape[0]), np.float32)
    for b, x in enumerate(X):
        for start in range(0, packed.shape[0], tile):
            part = slice(start, start + tile)
            product[b, part] = unpack(packed, part) @ x
    return product
