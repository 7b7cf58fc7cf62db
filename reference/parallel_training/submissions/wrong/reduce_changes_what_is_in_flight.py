"""Chunks of one buffer are written while all sendings still wait.

caught by: check_all_reduce_on_any_ring
message: an array was changed between isend and wait
appended to: collectives.py
"""


def ring_all_reduce(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    total, sending = x.copy(), []
    chunks = np.array_split(total, N)
    for step in range(2 * (N - 1)):
        sending.append(comm.isend((r + 1) % N, chunks[(r - 1 - step) % N]))
        received, own = comm.recv((r - 1) % N), chunks[(r - 2 - step) % N]
        own[:] = reduce(received, own) if step < N - 1 else received
    for request in sending:
        request.wait()
    return total
