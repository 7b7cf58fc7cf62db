"""Answers for part 4, computed another way: one entry after another, on one process.

Sums are rounded once (math.fsum). Nothing is taken from the reference.
"""

import math
from collections.abc import Sequence

import numpy as np

Array = np.ndarray
Arrays = list[Array]
Vector = list[float]


def flat(arrays: Sequence[Array], N: int) -> Array:
    """All entries in the order of their indices, and zeros until N divides their number."""
    entries = [float(a[index]) for a in arrays for index in np.ndindex(a.shape)]
    while len(entries) % N:
        entries.append(0.0)
    return np.array(entries)


def unflat(entries: Sequence[float], shapes: Sequence[tuple[int, ...]]) -> Arrays:
    """Arrays of these shapes, filled from the entries one by one."""
    left, made = list(entries)[::-1], []
    for shape in shapes:
        array = np.empty(shape)
        for index in np.ndindex(shape):
            array[index] = left.pop()
        made.append(array)
    return made


def norm(shards: Array) -> float:
    """Of all shards (N, s) together."""
    return math.sqrt(math.fsum(float(x) ** 2 for x in shards.ravel()))


def adam(
    params: Sequence[Array],
    grads: Sequence[Sequence[Sequence[Array]]],
    settings: Sequence[float],
    state: tuple[int, Sequence[float], Sequence[float]] | None = None,
) -> tuple[list[Arrays], Array, Array]:
    """Adam on one process, an entry at a time; grads[k][r] are those of rank r in step k.

    The parameters after each step, and at the end the moments m and v (P,) of all of them.

    settings: lr, beta1, beta2, eps. state: (t, m, v) with moments of all entries.
    """
    lr, beta1, beta2, eps = settings
    shapes = [p.shape for p in params]
    w = flat(params, 1).tolist()
    t, m, v = state or (0, [0.0] * len(w), [0.0] * len(w))
    m, v, path = list(m), list(v), []
    for of_ranks in grads:
        t += 1
        rows = [flat(g, 1).tolist() for g in of_ranks]
        for i in range(len(w)):
            g = math.fsum(row[i] for row in rows) / len(rows)
            m[i] = beta1 * m[i] + (1 - beta1) * g
            v[i] = beta2 * v[i] + (1 - beta2) * g * g
            root = math.sqrt(v[i] / (1 - math.pow(beta2, t)))
            w[i] -= lr * (m[i] / (1 - math.pow(beta1, t))) / (root + eps)
        path.append(unflat(w, shapes))
    return path, np.array(m), np.array(v)


def network(
    weights: Sequence[Array], X: Array, dY: Array
) -> tuple[list[Array], Arrays, list[Array]]:
    """Layers h <- tanh(h W), for X (N, b, d) and dY (N, b, k): an example after another.

    y of each rank, dW summed over them, and dx of each rank.
    """
    examples = zip(X.reshape(-1, X.shape[-1]), dY.reshape(-1, dY.shape[-1]), strict=True)
    results = [_example(weights, x.tolist(), dy.tolist()) for x, dy in examples]
    y, dx = (np.array([r[k] for r in results]) for k in (0, 2))
    sums = [
        np.array(
            [[math.fsum(r[1][i][index] for r in results) for index in row] for row in _rows(W)]
        )
        for i, W in enumerate(weights)
    ]
    N, b = X.shape[:2]
    return list(y.reshape(N, b, -1)), sums, list(dx.reshape(N, b, -1))


def _rows(W: Array) -> list[list[tuple[int, int]]]:
    """The indices of a matrix, row by row."""
    return [[(i, j) for j in range(W.shape[1])] for i in range(W.shape[0])]


def _example(weights: Sequence[Array], x: Vector, dy: Vector) -> tuple[Vector, Arrays, Vector]:
    """y, dW and dx of one example."""
    hidden = [x]
    for W in weights:
        hidden.append([math.tanh(z) for z in _times(hidden[-1], W)])
    dh, grads = dy, []
    for W, h, out in zip(weights[::-1], hidden[-2::-1], hidden[:0:-1], strict=True):
        dz = [g * (1 - o * o) for g, o in zip(dh, out, strict=True)]
        grads.append(np.array([[a * g for g in dz] for a in h]))
        dh = _times(dz, W.T)
    return hidden[-1], grads[::-1], dh


def _times(x: Vector, W: Array) -> Vector:
    """x W, one entry at a time."""
    return [math.fsum(x[i] * float(W[i, k]) for i in range(len(x))) for k in range(W.shape[1])]


def linear(x: Array, W: Array, b: Array, dy: Array) -> tuple[Array, Array, Array, Array]:
    """y = x W + b, and the gradients of x, W and b, one entry at a time."""
    y = np.array([[z + float(c) for z, c in zip(_times(row, W), b, strict=True)] for row in x])
    dx = np.array([_times(row, W.T) for row in dy])
    dW = np.array([_times(column, dy) for column in x.T])
    db = np.array([math.fsum(column) for column in dy.T])
    return y, dx, dW, db
