"""The squared norm is taken as the mean over the ranks.

caught by: check_clipping_uses_the_norm_of_all_shards
message: is off by
appended to: sharding.py
"""


def clip_shard(comm, shard, max_norm, all_reduce=ring_all_reduce):
    norm = math.sqrt(all_reduce(comm, np.array([shard @ shard]))[0] / comm.size)
    return (shard * (max_norm / norm) if norm > max_norm else shard.copy()), norm
