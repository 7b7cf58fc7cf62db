"""A flat array of zeros is filled, and a shard is cut out of the arrays without it.

appended to: sharding.py
"""


def flat_padded(arrays, N):
    total = sum(a.size for a in arrays)
    flat = np.zeros(-(-total // N) * N, arrays[0].dtype)
    start = 0
    for a in arrays:
        flat[start : start + a.size] = a.reshape(-1)
        start += a.size
    return flat


def flat_shard(arrays, rank, N):
    total = sum(a.size for a in arrays)
    s = (total + N - 1) // N
    shard = np.zeros(s, arrays[0].dtype)
    offset = -rank * s
    for a in arrays:
        first, last = max(offset, 0), min(offset + a.size, s)
        if first < last:
            shard[first:last] = a.ravel()[first - offset : last - offset]
        offset += a.size
    return shard


def unshard(flat, shapes):
    arrays, rest = [], flat
    for shape in shapes:
        array = np.empty(shape, flat.dtype)
        array.flat[:] = rest[: array.size]
        rest = rest[array.size :]
        arrays.append(array)
    return arrays


def clip_shard(comm, shard, max_norm, all_reduce=ring_all_reduce):
    mine = np.square(shard).sum(keepdims=True)
    norm = float(np.sqrt(all_reduce(comm, mine))[0])
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return factor * shard, norm
