"""A flat array that needs no padding gets N zeros.

caught by: check_shards_of_other_shapes
message: has shape
appended to: sharding.py
"""


def flat_padded(arrays, N):
    sizes = sum(a.size for a in arrays)
    padding = np.zeros(N - sizes % N, arrays[0].dtype)
    return np.concatenate([*(a.ravel() for a in arrays), padding])
