"""Buckets are found by recursion, and each is a dataclass with a buffer that np.split takes apart.

appended to: data_parallel.py
"""

from dataclasses import dataclass, field


def buckets(nbytes, bucket_bytes):
    def take(i, room, group):
        if i < 0:
            return [group] if group else []
        if group and nbytes[i] > room:
            return [group, *take(i, bucket_bytes, [])]
        return take(i - 1, room - nbytes[i], [*group, i])

    return take(len(nbytes) - 1, bucket_bytes, [])


@dataclass
class Bucket:
    members: list
    shapes: list
    flat: np.ndarray = field(repr=False)

    @classmethod
    def of(cls, members, arrays):
        chosen = [arrays[i] for i in members]
        flat = np.empty(sum(a.size for a in chosen), chosen[0].dtype)
        np.concatenate([a.reshape(-1) for a in chosen], out=flat)
        return cls(members, [a.shape for a in chosen], flat)

    def apart(self):
        ends = np.cumsum([math.prod(shape) for shape in self.shapes])[:-1]
        parts = np.split(self.flat, ends)
        return {i: p.reshape(s) for i, p, s in zip(self.members, parts, self.shapes, strict=True)}


def _totals(comm, arrays, bucket_bytes, all_reduce):
    reduced = {}
    for members in buckets([a.nbytes for a in arrays], bucket_bytes):
        bucket = Bucket.of(members, arrays)
        bucket.flat = all_reduce(comm, bucket.flat)
        reduced |= bucket.apart()
    return [reduced[i] for i in range(len(arrays))]


def ddp_step(comm, params, grad_fn, X, Y, lr, bucket_bytes, all_reduce=ring_all_reduce):
    step = lr / (comm.size * len(X))
    totals = _totals(comm, grad_fn(params, X, Y), bucket_bytes, all_reduce)
    return [w - step * G for w, G in zip(params, totals, strict=True)]


def weighted_ddp_step(
    comm, params, grad_fn, X, Y, valid, lr, bucket_bytes, all_reduce=ring_all_reduce
):
    chosen = np.flatnonzero(valid)
    grads = grad_fn(params, np.take(X, chosen, axis=0), np.take(Y, chosen, axis=0))
    number = np.full(1, len(chosen), dtype=grads[0].dtype)
    totals = _totals(comm, [*grads, number], bucket_bytes, all_reduce)
    step = lr / max(float(totals.pop()[0]), 1.0)
    return [w - step * G for w, G in zip(params, totals, strict=True)]
