"""A chunk that is being sent is added to.

caught by: check_scatter_of_the_worked_example
message: an array was changed between isend and wait
appended to: collectives.py
"""


def ring_reduce_scatter(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    size = -(-len(x) // N)
    chunks = np.array_split(x, N)
    buffer = np.zeros(size, x.dtype)
    length = len(chunks[r - 1])
    buffer[:length] = chunks[r - 1]
    for step in range(N - 1):
        sending = comm.isend((r + 1) % N, buffer[:length])
        received = comm.recv((r - 1) % N)
        own = chunks[(r - 2 - step) % N]
        length = len(own)
        buffer[:length] = reduce(received, own)
        sending.wait()
    return buffer[:length].copy()
