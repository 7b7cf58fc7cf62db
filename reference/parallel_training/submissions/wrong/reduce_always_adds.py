"""The op is not passed on.

caught by: check_all_reduce_of_the_largest
message: is not exactly as expected
appended to: collectives.py
"""


def ring_all_reduce(comm, x, op="sum"):
    _operation(op)
    return ring_all_gather(comm, ring_reduce_scatter(comm, x))
