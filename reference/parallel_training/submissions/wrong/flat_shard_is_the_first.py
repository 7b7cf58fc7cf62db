"""Every rank has the first shard.

caught by: check_shards_of_the_worked_example
message: is not exactly as expected
not recognised: small whole numbers say too little; the check's message says which is wrong
appended to: sharding.py
"""


def flat_shard(arrays, rank, N):
    return flat_padded(arrays, N).reshape(N, -1)[0].copy()
