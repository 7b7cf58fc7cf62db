"""An all_reduce runs over the result as well.

caught by: check_layers_in_parts_have_one_all_reduce
message: the budget is
appended to: sharding.py
"""

plain_column = column_parallel


def column_parallel(comm, x, W, b, dy, all_reduce=ring_all_reduce):
    all_reduce(comm, (x @ W).ravel())
    return plain_column(comm, x, W, b, dy, all_reduce)
