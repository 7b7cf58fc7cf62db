"""One array collects the sum along the ring, and goes round again.

caught by: check_all_reduce_keeps_all_links_busy
message: the budget is
appended to: collectives.py
"""


def ring_all_reduce(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    if N == 1:
        return x.copy()
    total = x if r == 0 else reduce(comm.recv(r - 1), x)
    comm.send((r + 1) % N, total)
    if r < N - 1:
        total = comm.recv((r - 1) % N)
    if r < N - 2:
        comm.send(r + 1, total)
    return total
