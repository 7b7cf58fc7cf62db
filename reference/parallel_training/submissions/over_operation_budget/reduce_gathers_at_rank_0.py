"""Rank 0 adds up all arrays and sends each rank the sum.

caught by: check_all_reduce_keeps_all_links_busy
message: the budget is
appended to: collectives.py
"""


def ring_all_reduce(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    if r > 0:
        comm.send(0, x)
        return comm.recv(0)
    total = x.copy()
    for src in range(1, N):
        total = reduce(total, comm.recv(src))
    for dst in range(1, N):
        comm.send(dst, total)
    return total
