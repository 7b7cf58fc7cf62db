"""Each array is padded by itself.

caught by: check_shards_of_the_worked_example
message: is not exactly as expected
appended to: sharding.py
"""


def flat_padded(arrays, N):
    return np.concatenate([np.pad(a.ravel(), (0, -a.size % N)) for a in arrays])
