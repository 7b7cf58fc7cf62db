"""All ranks send to rank 0 first, then to rank 1, and so on.

caught by: check_all_to_all_has_rounds, check_all_to_all_of_other_sizes
message: the budget is
appended to: collectives.py
"""


def all_to_all(comm, chunks):
    N, r = comm.size, comm.rank
    received = [chunk.copy() for chunk in chunks]
    sending = [comm.isend(dst, chunks[dst]) for dst in range(N) if dst != r]
    for src in range(N):
        if src != r:
            received[src] = comm.recv(src)
    for request in sending:
        request.wait()
    return received
