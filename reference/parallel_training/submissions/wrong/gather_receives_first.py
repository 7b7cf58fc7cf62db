"""Every rank receives a chunk before it sends its own.

caught by: check_gather_of_the_worked_example
message: deadlock: rank 0 waits for
not recognised: no rank returns anything; the message says who waits for whom
appended to: collectives.py
"""


def ring_all_gather(comm, chunk):
    N, r = comm.size, comm.rank
    chunks = [chunk] * N
    for step in range(N - 1):
        received = comm.recv((r - 1) % N)
        comm.send((r + 1) % N, chunk)
        chunk = chunks[(r - 1 - step) % N] = received
    return np.concatenate(chunks)
