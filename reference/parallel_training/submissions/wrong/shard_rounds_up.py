"""All parts but the last ones have ceil(n / T) items.

caught by: check_shards_cover_all_items
message: expected
appended to: threads.py
"""


def shard(n, T, t):
    size = -(-n // T)
    return slice(min(t * size, n), min((t + 1) * size, n))
