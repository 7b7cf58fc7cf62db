"""Chunks stand in the order in which they arrive.

caught by: check_gather_of_the_worked_example
message: is not exactly as expected
appended to: collectives.py
"""


def ring_all_gather(comm, chunk):
    chunks = [chunk]
    for step in range(1, comm.size):
        comm.send((comm.rank + step) % comm.size, chunk)
    for _ in range(1, comm.size):
        chunks.append(comm.recv())
    return np.concatenate(chunks)
