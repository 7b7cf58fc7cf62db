"""The levels of the tree are counted by logarithms, and all receives are posted before the sends.

appended to: collectives.py
"""


def _exchange(comm, dst, x, src):
    receiving, sending = comm.irecv(src), comm.isend(dst, x)
    sending.wait()
    return receiving.wait()


def tree_all_reduce(comm, x, op="sum"):
    def both(a, b):
        return np.add(a, b) if op == "sum" else np.maximum(a, b)

    if op not in ("sum", "max"):
        raise ValueError(op)
    p = 2 ** int(np.log2(comm.size))
    if comm.rank >= p:
        comm.send(comm.rank - p, x)
        return comm.recv(comm.rank - p)
    extra = comm.rank + p if comm.rank + p < comm.size else None
    total = x.copy() if extra is None else both(x, comm.recv(extra))
    for k in range(int(np.log2(p))):
        total = both(total, _exchange(comm, comm.rank ^ 2**k, total, comm.rank ^ 2**k))
    if extra is not None:
        comm.send(extra, total)
    return total


def all_to_all(comm, chunks):
    N, r = comm.size, comm.rank
    received = {r: chunks[r].copy()}
    for shift in range(1, N):
        request = comm.isend((r + shift) % N, chunks[(r + shift) % N])
        received[(r - shift) % N] = comm.recv((r - shift) % N)
        request.wait()
    return [received[s] for s in range(N)]
