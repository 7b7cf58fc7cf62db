"""The last part takes all that is left over.

caught by: check_shards_cover_all_items
message: expected
appended to: threads.py
"""


def shard(n, T, t):
    size = n // T
    return slice(t * size, n if t == T - 1 else (t + 1) * size)
