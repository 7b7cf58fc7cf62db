"""The chunk of the rank before is taken for that of the rank after.

caught by: check_gather_of_the_worked_example
message: is not exactly as expected
appended to: collectives.py
"""


def ring_all_gather(comm, chunk):
    N, r = comm.size, comm.rank
    chunks = [chunk] * N
    for step in range(N - 1):
        chunk = _pass_on(comm, chunk)
        chunks[(r + 1 + step) % N] = chunk
    return np.concatenate(chunks)
