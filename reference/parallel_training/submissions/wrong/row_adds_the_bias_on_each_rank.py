"""Every rank adds the bias before the all_reduce.

caught by: check_rows_of_a_layer, check_parts_of_layers_of_other_sizes
message: is off by
appended to: sharding.py
"""


def row_parallel(comm, x, W, b, dy, all_reduce=ring_all_reduce):
    y = all_reduce(comm, (x @ W + b).ravel()).reshape(dy.shape)
    return Parallel(y, dy @ W.T, x.T @ dy, dy.sum(axis=0))
