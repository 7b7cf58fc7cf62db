"""Whole arrays go round the ring.

caught by: check_scatter_sends_each_chunk_once
message: the budget is
appended to: collectives.py
"""


def ring_reduce_scatter(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    total, passing = x, x
    for _ in range(N - 1):
        passing = _pass_on(comm, passing)
        total = reduce(total, passing)
    return np.array_split(total, N)[r].copy()
