"""Each rank adds the arrays in an order of its own.

caught by: check_all_reduce_gives_the_same_bits
message: has other bits
appended to: collectives.py
"""


def ring_all_reduce(comm, x, op="sum"):
    reduce = _operation(op)
    total, passing = x.copy(), x
    for _ in range(comm.size - 1):
        passing = _pass_on(comm, passing)
        total = reduce(total, passing)
    return total
