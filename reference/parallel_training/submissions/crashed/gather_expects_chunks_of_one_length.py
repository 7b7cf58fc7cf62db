"""All chunks are taken to be as long as the own one.

caught by: check_gather_of_the_worked_example, check_gather_of_any_lengths
message: could not broadcast
appended to: collectives.py
"""


def ring_all_gather(comm, chunk):
    N, r = comm.size, comm.rank
    whole = np.empty((N, len(chunk)), chunk.dtype)
    whole[r] = chunk
    for step in range(N - 1):
        chunk = _pass_on(comm, chunk)
        whole[(r - 1 - step) % N] = chunk
    return whole.ravel()
