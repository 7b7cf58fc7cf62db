"""A part has every item number t, t + T, and so on.

caught by: check_shards_cover_all_items
message: expected
appended to: threads.py
"""


def shard(n, T, t):
    return slice(t, n, T)
