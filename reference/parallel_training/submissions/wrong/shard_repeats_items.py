"""Parts of one size overlap, as those of a distributed sampler do.

caught by: check_shards_cover_all_items
message: expected
appended to: threads.py
"""


def shard(n, T, t):
    size = -(-n // T)
    start = max(min(t * size, n - size), 0)
    return slice(start, start + size)
