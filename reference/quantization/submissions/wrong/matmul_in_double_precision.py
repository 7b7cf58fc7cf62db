"""The product is returned in float64.

caught by: check_packed_product_of_the_worked_example, check_packed_product_agrees_with_loops
message: the product has dtype float
"""


def matmul_packed(X, packed, tile):
    parts = (unpack(packed, slice(i, i + tile)) for i in range(0, packed.shape[0], tile))
    return np.concatenate([X.astype(np.float64) @ W.T for W in parts], axis=1)
