"""Every rank has the first shard.

caught by: check_shards_of_the_worked_example, check_shards_of_other_shapes
message: is not exactly as expected
appended to: sharding.py
"""


def flat_shard(arrays, rank, N):
    return flat_padded(arrays, N).reshape(N, -1)[0].copy()
