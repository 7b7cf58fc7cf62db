"""The two halves of the ranks never exchange their sums.

caught by: check_tree_on_any_number_of_ranks
message: is not exactly as expected
appended to: collectives.py
"""

whole_tree = tree_all_reduce


def tree_all_reduce(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    p = 1 << (N.bit_length() - 1)
    if N != p:
        return whole_tree(comm, x, op)
    total = x.copy()
    distance = 1
    while distance < p // 2:
        total = reduce(total, _exchange(comm, r ^ distance, total, r ^ distance))
        distance *= 2
    return total
