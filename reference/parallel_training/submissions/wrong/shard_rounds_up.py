"""All parts but the last ones have ceil(n / T) items.

caught by: check_shards_cover_all_items
message: expected
not recognised: small whole numbers say too little; the check's message says which is wrong
appended to: threads.py
"""


def shard(n, T, t):
    size = -(-n // T)
    return slice(min(t * size, n), min((t + 1) * size, n))
