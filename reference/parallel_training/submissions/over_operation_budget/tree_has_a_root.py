"""All sums are collected at rank 0, and then sent back.

caught by: check_tree_doubles_its_distance, check_tree_of_other_sizes
message: the budget is
appended to: collectives.py
"""


def tree_all_reduce(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    total, distance = x.copy(), 1
    while distance < N and r % (2 * distance) == 0:
        if r + distance < N:
            total = reduce(total, comm.recv(r + distance))
        distance *= 2
    if r > 0:
        comm.send(r - distance, total)
        total = comm.recv(r - distance)
    while distance > 1:
        distance //= 2
        if r + distance < N:
            comm.send(r + distance, total)
    return total
