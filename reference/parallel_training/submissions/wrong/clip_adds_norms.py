"""The norms of the shards are added.

caught by: check_clipping_uses_the_norm_of_all_shards, check_clipping_on_other_ranks
message: is off by
appended to: sharding.py
"""


def clip_shard(comm, shard, max_norm, all_reduce=ring_all_reduce):
    norm = float(all_reduce(comm, np.array([math.sqrt(shard @ shard)], shard.dtype))[0])
    return (shard * (max_norm / norm) if norm > max_norm else shard.copy()), norm
