"""All weights are floats at once.

caught by: (later)
message: (later)
"""


def matmul_packed(X, packed, tile):
    return X @ unpack(packed).T
