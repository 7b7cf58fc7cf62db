"""The gradient of the bias counts once for each rank.

caught by: check_rows_of_a_layer
message: is off by
appended to: sharding.py
"""


def row_parallel(comm, x, W, b, dy, all_reduce=ring_all_reduce):
    y = all_reduce(comm, (x @ W).ravel()).reshape(dy.shape) + b
    return Parallel(y, dy @ W.T, x.T @ dy, comm.size * dy.sum(axis=0))
