"""dx is that of the rank's own columns.

caught by: check_columns_of_a_layer
message: is off by
appended to: sharding.py
"""


def column_parallel(comm, x, W, b, dy, all_reduce=ring_all_reduce):
    all_reduce(comm, (dy @ W.T).ravel())
    return Parallel(x @ W + b, dy @ W.T, x.T @ dy, dy.sum(axis=0))
