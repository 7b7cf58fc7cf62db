"""A chunk meets its first rank again.

caught by: check_scatter_of_the_worked_example
message: is not exactly as expected
appended to: collectives.py
"""


def ring_reduce_scatter(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    chunks = np.array_split(x, N)
    chunk = chunks[r].copy()
    for step in range(N if N > 1 else 0):
        chunk = reduce(_pass_on(comm, chunk), chunks[(r - 1 - step) % N])
    return chunk
