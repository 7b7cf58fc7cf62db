"""All chunks have ceil(n / N) entries.

caught by: check_scatter_of_the_worked_example
message: has shape
appended to: collectives.py
"""


def ring_reduce_scatter(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    size = -(-len(x) // N)
    chunks = np.concatenate([x, np.zeros(size * N - len(x), x.dtype)]).reshape(N, size)
    chunk = chunks[r - 1].copy()
    for step in range(N - 1):
        chunk = reduce(_pass_on(comm, chunk), chunks[(r - 2 - step) % N])
    return chunk
