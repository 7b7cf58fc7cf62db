"""Each rank sends its chunk to every other rank itself.

caught by: check_gather_sends_each_chunk_once
message: the budget is
appended to: collectives.py
"""


def ring_all_gather(comm, chunk):
    N, r = comm.size, comm.rank
    chunks = [chunk] * N
    for step in range(1, N):
        chunks[(r - step) % N] = _exchange(comm, (r + step) % N, chunk, (r - step) % N)
    return np.concatenate(chunks)
