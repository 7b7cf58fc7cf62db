"""The tiles of weights are all kept until the end.

caught by: check_packed_product_holds_one_tile
message: the budget is
"""


def matmul_packed(X, packed, tile):
    tiles = [unpack(packed, slice(i, i + tile)) for i in range(0, packed.shape[0], tile)]
    return np.concatenate([X @ weights.T for weights in tiles], axis=1)
