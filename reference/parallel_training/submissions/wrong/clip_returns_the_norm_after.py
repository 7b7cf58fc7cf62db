"""The norm is that of the clipped gradient.

caught by: check_clipping_uses_the_norm_of_all_shards
message: is off by
appended to: sharding.py
"""

norm_before = clip_shard


def clip_shard(comm, shard, max_norm, all_reduce=ring_all_reduce):
    clipped, norm = norm_before(comm, shard, max_norm, all_reduce)
    return clipped, min(norm, max_norm)
