"""Every part has all items.

caught by: check_shards_cover_all_items, check_shards_of_other_sizes
message: expected
appended to: threads.py
"""


def shard(n, T, t):
    return slice(0, n)
