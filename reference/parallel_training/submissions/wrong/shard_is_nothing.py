"""Every part is empty.

caught by: check_shards_cover_all_items
message: expected
not recognised: small whole numbers say too little; the check's message says which is wrong
appended to: threads.py
"""


def shard(n, T, t):
    return slice(n, n)
