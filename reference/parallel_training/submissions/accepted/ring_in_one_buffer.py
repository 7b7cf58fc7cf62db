"""The ring works in one buffer, with pieces by offsets, and receives are posted first.

appended to: collectives.py
"""


def ring_all_reduce(comm, x, op="sum"):
    if op not in ("sum", "max"):
        raise ValueError(f"unknown op: {op}")
    N, r = comm.size, comm.rank
    ends = [k * (len(x) // N) + min(k, len(x) % N) for k in range(N + 1)]
    pieces = [slice(ends[k], ends[k + 1]) for k in range(N)]
    buffer = np.array(x)
    for step in range(2 * (N - 1)):
        send, take = pieces[(r - 1 - step) % N], pieces[(r - 2 - step) % N]
        receiving = comm.irecv((r + N - 1) % N)
        sending = comm.isend((r + 1) % N, buffer[send])
        received = receiving.wait()
        if step >= N - 1:
            buffer[take] = received
        elif op == "sum":
            buffer[take] += received
        else:
            np.maximum(buffer[take], received, out=buffer[take])
        sending.wait()
    return buffer


def ring_reduce_scatter(comm, x, op="sum"):
    if op not in ("sum", "max"):
        raise ValueError(f"unknown op: {op}")
    N, r = comm.size, comm.rank
    pieces = np.array_split(x, N)
    mine = pieces[(r - 1) % N]
    for step in range(N - 1):
        receiving = comm.irecv((r - 1) % N)
        sending = comm.isend((r + 1) % N, mine)
        own = pieces[(r - 2 - step) % N]
        received = receiving.wait()
        sending.wait()
        mine = own + received if op == "sum" else np.where(own > received, own, received)
    return mine.copy()
