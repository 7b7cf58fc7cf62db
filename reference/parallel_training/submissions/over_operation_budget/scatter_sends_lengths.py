"""The length of each chunk is sent before it.

caught by: check_scatter_sends_each_chunk_once
message: the budget is
appended to: collectives.py
"""


def ring_reduce_scatter(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    chunks = np.array_split(x, N)
    chunk = chunks[r - 1].copy()
    for step in range(N - 1):
        _pass_on(comm, np.array([len(chunk)], x.dtype))
        chunk = reduce(_pass_on(comm, chunk), chunks[(r - 2 - step) % N])
    return chunk
