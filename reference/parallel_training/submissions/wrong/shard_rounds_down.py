"""The items that are left over belong to no part.

caught by: check_shards_cover_all_items
message: expected
not recognised: small whole numbers say too little; the check's message says which is wrong
appended to: threads.py
"""


def shard(n, T, t):
    size = n // T
    return slice(t * size, (t + 1) * size)
