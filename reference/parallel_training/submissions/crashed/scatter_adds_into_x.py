"""What a rank receives is added into its argument.

caught by: check_scatter_sums_on_any_ring
message: read-only
appended to: collectives.py
"""


def ring_reduce_scatter(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    chunks = np.array_split(x, N)
    for step in range(N - 1):
        received = _pass_on(comm, chunks[(r - 1 - step) % N])
        own = chunks[(r - 2 - step) % N]
        reduce(own, received, out=own)
    return chunks[r].copy()
