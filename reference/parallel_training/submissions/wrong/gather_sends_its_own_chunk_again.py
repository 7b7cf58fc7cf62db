"""Each message has the rank's own chunk.

caught by: check_gather_of_the_worked_example
message: is not exactly as expected
appended to: collectives.py
"""


def ring_all_gather(comm, chunk):
    N, r = comm.size, comm.rank
    chunks = [chunk] * N
    for step in range(N - 1):
        chunks[(r - 1 - step) % N] = _pass_on(comm, chunk)
    return np.concatenate(chunks)
