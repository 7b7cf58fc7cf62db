"""Each message has all chunks that the rank has.

caught by: check_gather_sends_each_chunk_once
message: the budget is
appended to: collectives.py
"""


def ring_all_gather(comm, chunk):
    N, r = comm.size, comm.rank
    have, chunks = chunk, [chunk] * N
    for step in range(N - 1):
        received = _pass_on(comm, have)
        known = len(have) - len(chunk)
        chunks[(r - 1 - step) % N] = received[known:]
        have = np.concatenate([chunk, received])
    return np.concatenate(chunks)
