"""y is that of the rank's own rows.

caught by: check_rows_of_a_layer
message: is off by
appended to: sharding.py
"""


def row_parallel(comm, x, W, b, dy, all_reduce=ring_all_reduce):
    all_reduce(comm, (x @ W).ravel())
    return Parallel(x @ W + b, dy @ W.T, x.T @ dy, dy.sum(axis=0))
