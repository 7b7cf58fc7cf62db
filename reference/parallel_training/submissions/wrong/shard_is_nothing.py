"""Every part is empty.

caught by: check_shards_cover_all_items
message: expected
appended to: threads.py
"""


def shard(n, T, t):
    return slice(n, n)
