"""The first message of any rank is taken as that of the previous rank.

caught by: check_scatter_sends_each_chunk_once
message: sent to rank
not recognised: a check that measures a budget keeps no answers
appended to: collectives.py
"""


def ring_reduce_scatter(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    chunks = np.array_split(x, N)
    for s in range(1, N):
        comm.isend((r + s) % N, chunks[(r + s) % N])
    received = [comm.recv() for _ in range(N - 1)]
    total = chunks[r].copy()
    for piece in received:
        total = reduce(total, piece)
    return total
