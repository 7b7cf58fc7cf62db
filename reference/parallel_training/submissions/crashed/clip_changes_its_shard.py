"""The shard of the caller is scaled in place.

caught by: check_clipping_uses_the_norm_of_all_shards
message: read-only
appended to: sharding.py
"""


def clip_shard(comm, shard, max_norm, all_reduce=ring_all_reduce):
    norm = math.sqrt(all_reduce(comm, np.array([shard @ shard]))[0])
    if norm > max_norm:
        shard *= max_norm / norm
    return shard, norm
