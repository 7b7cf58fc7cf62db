"""Chunks are added for every op.

caught by: check_scatter_of_the_largest
message: is not exactly as expected
appended to: collectives.py
"""

any_scatter = ring_reduce_scatter


def ring_reduce_scatter(comm, x, op="sum"):
    _operation(op)
    return any_scatter(comm, x)
