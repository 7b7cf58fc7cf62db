"""Ranks beyond the largest power of two take no part.

caught by: check_tree_on_any_number_of_ranks, check_tree_gives_the_same_bits
message: is not exactly as expected
appended to: collectives.py
"""


def tree_all_reduce(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    p = 1 << (N.bit_length() - 1)
    total = x.copy()
    distance = 1
    while distance < p and r < p:
        total = reduce(total, _exchange(comm, r ^ distance, total, r ^ distance))
        distance *= 2
    return total
