"""A gradient of 0 is divided by its norm.

caught by: check_clipping_uses_the_norm_of_all_shards
message: NaN or infinite
appended to: sharding.py
"""


def clip_shard(comm, shard, max_norm, all_reduce=ring_all_reduce):
    norm = np.sqrt(all_reduce(comm, np.array([shard @ shard]))[0])
    with np.errstate(divide="ignore", invalid="ignore"):
        return shard / norm * min(norm, max_norm), float(norm)
