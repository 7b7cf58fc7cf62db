"""Each shard is scaled by its own norm.

caught by: check_clipping_uses_the_norm_of_all_shards
message: is off by
appended to: sharding.py
"""


def clip_shard(comm, shard, max_norm, all_reduce=ring_all_reduce):
    norm = math.sqrt(all_reduce(comm, np.array([shard @ shard]))[0])
    own = math.sqrt(shard @ shard)
    return (shard * (max_norm / own) if own > max_norm else shard.copy()), norm
