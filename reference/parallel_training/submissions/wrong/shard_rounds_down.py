"""The items that are left over belong to no part.

caught by: check_shards_cover_all_items
message: expected
appended to: threads.py
"""


def shard(n, T, t):
    size = n // T
    return slice(t * size, (t + 1) * size)
