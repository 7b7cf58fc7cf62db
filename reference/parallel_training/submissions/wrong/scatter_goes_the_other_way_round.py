"""Messages go from rank r to rank r - 1.

caught by: check_scatter_sends_each_chunk_once
message: sent to rank
not recognised: a check that measures a budget keeps no answers
appended to: collectives.py
"""


def ring_reduce_scatter(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    chunks = np.array_split(x, N)
    chunk = chunks[(r + 1) % N].copy()
    for step in range(N - 1):
        received = _exchange(comm, (r - 1) % N, chunk, (r + 1) % N)
        chunk = reduce(received, chunks[(r + 2 + step) % N])
    return chunk
