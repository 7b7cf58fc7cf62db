"""Rank 0 adds up all arrays and sends each rank the sum.

caught by: check_all_reduce_keeps_all_links_busy
message: the budget is
appended to: collectives.py
"""


def ring_all_reduce(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    root, others = 0, range(1, N)
    if r != root:
        comm.send(root, x)
        return comm.recv(root)
    whole = x.copy()
    for other in others:
        whole = reduce(whole, comm.recv(other))
    for other in others:
        comm.send(other, whole)
    return whole
