"""Every rank sends a chunk of the sum before it receives one.

caught by: check_all_reduce_where_sends_wait
message: waits to be received by rank
appended to: collectives.py
"""


def ring_all_reduce(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    chunks = [chunk.copy() for chunk in np.array_split(x, N)]
    for step in range(2 * (N - 1)):
        comm.send((r + 1) % N, chunks[(r - 1 - step) % N])
        received, place = comm.recv((r - 1) % N), (r - 2 - step) % N
        chunks[place] = reduce(received, chunks[place]) if step < N - 1 else received
    return np.concatenate(chunks)
