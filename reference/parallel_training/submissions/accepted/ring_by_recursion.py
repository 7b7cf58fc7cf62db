"""Both halves of the ring are recursive.

appended to: collectives.py
"""


def ring_reduce_scatter(comm, x, op="sum"):
    reduce = {"sum": np.add, "max": np.maximum}.get(op)
    if reduce is None:
        raise ValueError(f"op is {op!r}, not 'sum' or 'max'")
    pieces = np.array_split(x, comm.size)

    def after(steps):
        piece = pieces[(comm.rank - 1 - steps) % comm.size]
        if steps == 0:
            return piece.copy()
        return reduce(_pass_on(comm, after(steps - 1)), piece)

    return after(comm.size - 1)


def ring_all_gather(comm, chunk):
    def around(piece, steps):
        if steps == 0:
            return []
        received = _pass_on(comm, piece)
        return [received, *around(received, steps - 1)]

    back = [chunk, *around(chunk, comm.size - 1)]
    return np.concatenate([back[(comm.rank - s) % comm.size] for s in range(comm.size)])
