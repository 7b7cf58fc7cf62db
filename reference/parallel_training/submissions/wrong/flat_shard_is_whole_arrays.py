"""Each rank has whole arrays, in turn.

caught by: check_shards_of_the_worked_example, check_shards_of_other_shapes
message: has shape
appended to: sharding.py
"""


def flat_shard(arrays, rank, N):
    size = -(-sum(a.size for a in arrays) // N)
    mine = np.concatenate([np.zeros(0, arrays[0].dtype), *(a.ravel() for a in arrays[rank::N])])
    return np.pad(mine, (0, max(size - mine.size, 0)))
