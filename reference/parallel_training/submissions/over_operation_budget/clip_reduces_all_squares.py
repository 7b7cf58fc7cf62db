"""All squared entries are summed over the ranks.

caught by: check_clipping_sends_one_number
message: the budget is
appended to: sharding.py
"""


def clip_shard(comm, shard, max_norm, all_reduce=ring_all_reduce):
    norm = math.sqrt(all_reduce(comm, shard**2).sum())
    return (shard * (max_norm / norm) if norm > max_norm else shard.copy()), norm
