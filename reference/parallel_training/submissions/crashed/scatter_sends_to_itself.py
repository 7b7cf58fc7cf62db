"""A single rank sends to itself.

caught by: check_scatter_sums_on_any_ring
message: has no messages to itself
appended to: collectives.py
"""


def ring_reduce_scatter(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    chunks = np.array_split(x, N)
    sending = comm.isend((r + 1) % N, chunks[r - 1])
    for step in range(N - 1):
        chunk = reduce(comm.recv((r - 1) % N), chunks[(r - 2 - step) % N])
        sending.wait()
        if step < N - 2:
            sending = comm.isend((r + 1) % N, chunk)
    return chunk
