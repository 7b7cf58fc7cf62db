"""One row of weights is unpacked and multiplied after the other.

caught by: check_packed_product_takes_little_time
message: x yardstick
"""


def matmul_packed(X, packed, tile):
    product = np.empty((len(X), packed.shape[0]), np.float32)
    for r in range(packed.shape[0]):
        product[:, r] = X @ unpack(packed, slice(r, r + 1))[0]
    return product
