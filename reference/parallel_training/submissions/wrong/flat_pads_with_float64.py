"""The padding makes the flat array float64.

caught by: check_shards_of_other_shapes, check_shards_of_few_entries_and_in_float32
message: has dtype
appended to: sharding.py
"""


def flat_padded(arrays, N):
    sizes = sum(a.size for a in arrays)
    return np.concatenate([*(a.ravel() for a in arrays), np.zeros(-sizes % N)])
