"""Chunks are collected in a deque that is rotated, and all requests are waited for at the end.

appended to: collectives.py
"""

from collections import deque


def ring_all_gather(comm, chunk):
    after, before = (comm.rank + 1) % comm.size, (comm.rank - 1) % comm.size
    chunks, requests = deque([chunk]), []
    for _ in range(1, comm.size):
        requests.append(comm.isend(after, chunks[0]))
        chunks.appendleft(comm.recv(before))
    for request in requests:
        request.wait()
    chunks.rotate(comm.rank + 1)
    return np.hstack(chunks)


def tree_all_reduce(comm, x, op="sum"):
    reduce, N, r = _operation(op), comm.size, comm.rank
    p = 1
    while 2 * p <= N:
        p *= 2

    def doubled(distance):
        if distance == 0:
            return reduce(x, comm.recv(r + p)) if r + p < N else x.copy()
        half = doubled(distance // 2)
        receiving = comm.irecv(r ^ distance)
        sending = comm.isend(r ^ distance, half)
        total = reduce(half, receiving.wait())
        sending.wait()
        return total

    if r >= p:
        comm.isend(r - p, x).wait()
        return comm.irecv(r - p).wait()
    total = doubled(p // 2)
    if r + p < N:
        comm.send(r + p, total)
    return total


def all_to_all(comm, chunks):
    N, r = comm.size, comm.rank
    receiving = {s: comm.irecv((r - s) % N) for s in range(1, N)}
    sending = [comm.isend((r + s) % N, chunks[(r + s) % N]) for s in range(1, N)]
    received = [np.array(chunks[r]) for _ in range(N)]
    for s, request in receiving.items():
        received[(r - s) % N] = request.wait()
    for request in sending:
        request.wait()
    return received
