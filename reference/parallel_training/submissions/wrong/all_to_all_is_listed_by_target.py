"""What arrives is listed under the rank that was sent to.

caught by: check_all_to_all_of_any_lengths
message: has shape
appended to: collectives.py
"""


def all_to_all(comm, chunks):
    N, r = comm.size, comm.rank
    received = [chunk.copy() for chunk in chunks]
    for shift in range(1, N):
        dst, src = (r + shift) % N, (r - shift) % N
        received[dst] = _exchange(comm, dst, chunks[dst], src)
    return received
