"""Rank 0 adds up all arrays and sends each rank its chunk.

caught by: check_scatter_sends_each_chunk_once
message: the budget is
appended to: collectives.py
"""


def ring_reduce_scatter(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    root = 0
    if r != root:
        comm.send(root, x)
        return comm.recv(root)
    total = x
    for src in range(1, N):
        total = reduce(total, comm.recv(src))
    chunks = np.array_split(total, N)
    for dst in range(1, N):
        comm.send(dst, chunks[dst])
    return chunks[0].copy()
