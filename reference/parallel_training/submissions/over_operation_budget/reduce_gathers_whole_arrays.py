"""Every rank gets all arrays and adds them itself.

caught by: check_all_reduce_sends_two_shares
message: the budget is
appended to: collectives.py
"""


def ring_all_reduce(comm, x, op="sum"):
    reduce = _operation(op)
    return reduce.reduce(ring_all_gather(comm, x).reshape(comm.size, -1), axis=0)
