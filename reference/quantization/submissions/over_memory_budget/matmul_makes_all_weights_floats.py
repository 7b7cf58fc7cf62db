"""All weights are floats at once.

caught by: check_packed_product_holds_one_tile
message: the budget is
"""


def matmul_packed(X, packed, tile):
    return X @ unpack(packed).T
