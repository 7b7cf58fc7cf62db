"""The first chunk that arrives is taken for that of the rank before.

caught by: check_all_to_all_of_any_lengths
message: has shape
appended to: collectives.py
"""


def all_to_all(comm, chunks):
    N, r = comm.size, comm.rank
    received = [chunk.copy() for chunk in chunks]
    sending = [comm.isend((r + s) % N, chunks[(r + s) % N]) for s in range(1, N)]
    for shift in range(1, N):
        received[(r - shift) % N] = comm.recv()
    for request in sending:
        request.wait()
    return received
