"""Answers for part 3, computed another way: one process, one example at a time.

Sums are rounded once (math.fsum), or exact rationals. Nothing is taken from the reference, nor from
the gradient in data.py that submissions are given.
"""

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

Array = np.ndarray
Arrays = list[Array]
Vector = list[float]


def mean_gradient(params: Sequence[Array], X: Array, Y: Array) -> Arrays:
    """Of the mean of (1/2) ||y - Y||^2 over all examples (*, d), for layers tanh(h W + b)."""
    rows = (A.reshape(-1, A.shape[-1]).tolist() for A in (X, Y))
    wide = [w.astype(float) for w in params]
    each = [_example_gradient(wide, x, y) for x, y in zip(*rows, strict=True)]
    mean = []
    for i, w in enumerate(params):
        g = np.empty(w.shape)
        for index in np.ndindex(w.shape):
            g[index] = math.fsum(grads[i][index] for grads in each) / len(each)
        mean.append(g)
    return mean


def _example_gradient(params: Sequence[Array], x: Vector, y: Vector) -> Arrays:
    """Backpropagation through one example, one product after another."""
    hidden = [x]
    for W, b in zip(params[::2], params[1::2], strict=True):
        h = hidden[-1]
        columns = range(W.shape[1])
        z = [math.fsum([*(h[d] * W[d, k] for d in range(len(h))), b[k]]) for k in columns]
        hidden.append([math.tanh(value) for value in z])
    grads: Arrays = []
    dh = [a - b for a, b in zip(hidden[-1], y, strict=True)]
    for level in reversed(range(len(hidden) - 1)):
        W, h, out = params[2 * level], hidden[level], hidden[level + 1]
        dz = [g * (1 - o * o) for g, o in zip(dh, out, strict=True)]
        grads = [np.array([[a * g for g in dz] for a in h]), np.array(dz), *grads]
        dh = [math.fsum(W[d, k] * dz[k] for k in range(len(dz))) for d in range(len(h))]
    return grads


def step(params: Sequence[Array], X: Array, Y: Array, lr: float) -> Arrays:
    """One process that has the examples of all ranks."""
    mean = mean_gradient(params, X, Y)
    return [w - lr * g for w, g in zip(params, mean, strict=True)]


def weighted_step(params: Sequence[Array], X: Array, Y: Array, valid: Array, lr: float) -> Arrays:
    """One process that has the valid examples of all ranks, (N, b, ...) with valid (N, b)."""
    if not valid.any():
        return [w.astype(float) for w in params]
    return step(params, X[valid], Y[valid], lr)


def step_of_local_means(
    params: Sequence[Array], X: Array, Y: Array, valid: Array, lr: float
) -> Arrays:
    """The frequent mistake: each rank divides by its own number, and the means are averaged."""
    means = [
        mean_gradient(params, x[v], y[v]) if v.any() else [np.zeros(w.shape) for w in params]
        for x, y, v in zip(X, Y, valid, strict=True)
    ]
    return [w - lr * sum(g) / len(means) for w, *g in zip(params, *means, strict=True)]


def local_sgd(
    params: Sequence[Array], X: Array, Y: Array, lr: float, beta: float, H: int
) -> Arrays:
    """X (N, K, b, d), Y (N, K, b, k): one rank after another for H steps, then the mean."""
    ranks, K = X.shape[:2]
    velocity = [[np.zeros(w.shape) for w in params] for _ in range(ranks)]
    mean = [w.astype(float) for w in params]
    for start in range(0, K, H):
        ends = []
        for r in range(ranks):
            here = [w.copy() for w in mean]
            for k in range(start, min(start + H, K)):
                grads = mean_gradient(here, X[r, k], Y[r, k])
                for w, V, g in zip(here, velocity[r], grads, strict=True):
                    V[...] = beta * V - lr * g
                    w += V
            ends.append(here)
        mean = [sum(copies) / ranks for copies in zip(*ends, strict=True)]
    return mean


def groups(nbytes: Sequence[int], most: int) -> list[list[int]]:
    """Each bucket is the longest run, from the last array that is left, that holds at most `most`.

    Every length is tried; one array is taken in any case.
    """
    left, made = list(range(len(nbytes)))[::-1], []
    while left:
        fitting = [k for k in range(1, len(left) + 1) if sum(nbytes[i] for i in left[:k]) <= most]
        length = max([1, *fitting])
        made.append(left[:length])
        left = left[length:]
    return made


def stale_path(
    curvature: Array, center: Array, w0: Array, lr: float, tau: int, steps: int
) -> Array:
    """The gradient is curvature (w - center), entry by entry; in exact rationals."""
    path = [[Fraction(w) for w in w0.tolist()]]
    h, c = ([Fraction(x) for x in part.tolist()] for part in (curvature, center))
    for t in range(steps):
        old = path[t - tau] if t > tau else path[0]
        moves = [Fraction(lr) * a * (w - b) for a, b, w in zip(h, c, old, strict=True)]
        path.append([w - move for w, move in zip(path[t], moves, strict=True)])
    return np.array([[float(w) for w in row] for row in path])


def border(tau: int) -> float:
    """The x at which a root of z^(tau+1) - z^tau + x reaches the unit circle, by bisection."""
    low, high = 0.0, 4.0
    while high - low > 1e-13:
        x = (low + high) / 2
        polynomial = [1.0, -1.0, *[0.0] * tau]
        polynomial[-1] += x
        stable = np.abs(np.roots(polynomial)).max() < 1
        low, high = (x, high) if stable else (low, x)
    return low
