"""The result begins with the rank's own chunk.

caught by: check_gather_of_the_worked_example
message: is not exactly as expected
appended to: collectives.py
"""


def ring_all_gather(comm, chunk):
    chunks = [chunk]
    for _ in range(comm.size - 1):
        chunk = _pass_on(comm, chunk)
        chunks.insert(1, chunk)
    return np.concatenate(chunks)
