"""Arrays are flattened column by column.

caught by: check_shards_of_the_worked_example
message: is not exactly as expected
appended to: sharding.py
"""

by_rows = flat_padded


def flat_padded(arrays, N):
    return by_rows([a.ravel(order="F") for a in arrays], N)
