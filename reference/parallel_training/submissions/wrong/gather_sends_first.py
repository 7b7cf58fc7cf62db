"""Every rank sends its chunk before it receives one.

caught by: check_gather_where_sends_wait, check_gather_on_other_rings
message: waits to be received by rank
appended to: collectives.py
"""


def ring_all_gather(comm, chunk):
    N, r = comm.size, comm.rank
    chunks = [chunk] * N
    for step in range(N - 1):
        comm.send((r + 1) % N, chunk)
        chunk = comm.recv((r - 1) % N)
        chunks[(r - 1 - step) % N] = chunk
    return np.concatenate(chunks)
