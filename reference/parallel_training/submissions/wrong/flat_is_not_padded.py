"""Nothing is padded, so shards have different lengths.

caught by: check_shards_of_the_worked_example
message: has shape
appended to: sharding.py
"""


def flat_padded(arrays, N):
    return np.concatenate([a.ravel() for a in arrays])


def flat_shard(arrays, rank, N):
    return np.array_split(flat_padded(arrays, N), N)[rank].copy()
