"""Both ranks of a pair send before they receive.

caught by: check_tree_doubles_its_distance
message: waits to be received by rank
not recognised: a check that measures a budget keeps no answers
appended to: collectives.py
"""


def tree_all_reduce(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    p = 1 << (N.bit_length() - 1)
    if r >= p:
        comm.send(r - p, x)
        return comm.recv(r - p)
    total = x.copy()
    if r + p < N:
        total = reduce(total, comm.recv(r + p))
    distance = 1
    while distance < p:
        comm.send(r ^ distance, total)
        total = reduce(total, comm.recv(r ^ distance))
        distance *= 2
    if r + p < N:
        comm.send(r + p, total)
    return total
