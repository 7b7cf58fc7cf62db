"""Parts 3 and 4 another way: entry by entry, by normal equations, by nearest planes.

A packed matrix is a list of its fields: codes, scales, zeros, shape, bits, group. As in oracles.py,
every function depends on the inputs of a check only.
"""

import itertools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

Array = np.ndarray
Fields = list[Any]


# Parts 1 and 2, as far as they are needed here: one entry at a time
def _nearest(x: Any, scale: Any, zero: Any, bits: int, symmetric: bool) -> int:
    largest = 2 ** (bits - 1) - 1 if symmetric else 2**bits - 1
    least = -largest if symmetric else 0
    code = round(float(x) / float(scale)) + int(zero)
    return int(min(max(code, least), largest))


def _scale(entries: list[float], bits: int, symmetric: bool) -> tuple[float, int]:
    if symmetric:
        return max(max(map(abs, entries)) / (2 ** (bits - 1) - 1), 2.0**-126), 0
    low, high = min(0.0, *entries), max(0.0, *entries)
    scale = max((high - low) / (2**bits - 1), 2.0**-126)
    return scale, round(-low / scale)


def _stored(codes: Array, scales: Array, zeros: Array, bits: int, group: int, sym: bool) -> Fields:
    rows, d = codes.shape
    if bits > 4:
        stored = [[int(code) % 256 for code in row] for row in codes]
    else:
        nibbles = [[int(code) % 16 for code in row] + [0] * (d % 2) for row in codes]
        stored = [[a + 16 * b for a, b in zip(n[::2], n[1::2], strict=True)] for n in nibbles]
    return [np.array(stored, np.uint8), scales, None if sym else zeros, [rows, d], bits, group]


def _parameters(W: Array, bits: int, group: int, symmetric: bool) -> tuple[Array, Array]:
    starts = range(0, W.shape[1], group)
    scales = np.empty((len(W), len(starts)), np.float32)
    zeros = np.empty(scales.shape, np.uint8)
    for row, (g, start) in itertools.product(range(len(W)), enumerate(starts)):
        entries = [float(w) for w in W[row, start : start + group]]
        scales[row, g], zeros[row, g] = _scale(entries, bits, symmetric)
    return scales, zeros


def _of_entries(scales: Array, zeros: Array, d: int, group: int) -> tuple[Array, Array]:
    places = np.arange(d) // group
    return scales.astype(float)[:, places], zeros.astype(float)[:, places]


def grouped(W: Array, bits: int, group: int, symmetric: bool) -> Fields:
    """W rounded to the nearest codes."""
    scales, zeros = _parameters(W, bits, group, symmetric)
    scale, zero = _of_entries(scales, zeros, W.shape[1], group)
    codes = np.empty(W.shape, int)
    for at in np.ndindex(*W.shape):
        codes[at] = _nearest(W[at], scale[at], zero[at], bits, symmetric)
    return _stored(codes, scales, zeros, bits, group, symmetric)


def weights(codes: Array, scales: Array, zeros: Any, shape: Any, bits: int, group: int) -> Array:
    """The entries of a packed matrix: float32 numbers, in an array of float64."""
    W = np.empty(tuple(shape))
    for row, k in np.ndindex(*W.shape):
        if bits <= 4:
            code, sign = int(codes[row, k // 2]) // 16 ** (k % 2) % 16, 8
        else:
            code, sign = int(codes[row, k]), 128
        if zeros is None:
            code -= 2 * sign * (code >= sign)
        else:
            code -= int(zeros[row, k // group])
        W[row, k] = np.float32(code * float(scales[row, k // group]))
    return W


def product(X: Array, fields: Fields) -> Array:
    """X W^T, with exactly rounded sums."""
    return _product(X, weights(*fields))


def _product(X: Array, W: Array) -> Array:
    return np.array([[math.fsum(a * b for a, b in zip(x, w, strict=True)) for w in W] for x in X])


# Part 3
def second_moment(batches: Sequence[Array]) -> Array:
    """The sum of x_i x_k over all inputs, with exactly rounded sums."""
    rows = [[float(x) for x in row] for batch in batches for row in batch]
    columns = list(zip(*rows, strict=True))
    return np.array([[math.fsum(map(float.__mul__, a, b)) for b in columns] for a in columns])


def layer(W: Array, bits: int, group: int, symmetric: bool, H: Array) -> Fields:
    """W rounded with compensation: by nearest planes for H with a hundredth of its mean added."""
    scales, zeros = _parameters(W, bits, group, symmetric)
    scale, zero = _of_entries(scales, zeros, W.shape[1], group)
    codes = _planes(W.astype(float), _lower(damped(H, 0.01)), scale, zero, bits, symmetric)
    return _stored(codes, scales, zeros, bits, group, symmetric)


def network(
    matrices: Sequence[Array],
    biases: Sequence[Array],
    batches: Sequence[Array],
    bits: int,
    group: int,
    symmetric: bool,
) -> list[Fields]:
    """The layers, one after another; their inputs go through those that are rounded already."""
    inputs, layers = [batch.astype(float) for batch in batches], []
    for W, bias in zip(matrices, biases, strict=True):
        H = second_moment(inputs)
        layers.append(layer(W, bits, group, symmetric, H))
        inputs = [np.maximum(_product(X, weights(*layers[-1])) + bias, 0.0) for X in inputs]
    return layers


def outputs(layers: Sequence[Fields], biases: Sequence[Array], X: Array) -> Array:
    """Of a network of packed layers, with a ReLU in front of each but the first."""
    for number, (fields, bias) in enumerate(zip(layers, biases, strict=True)):
        X = _product(np.maximum(X, 0.0) if number else X, weights(*fields)) + bias
    return X


def rounded_outputs(
    matrices: Sequence[Array], biases: Sequence[Array], settings: Sequence[Any], X: Array
) -> Array:
    """Of the network whose weights became their nearest codes."""
    return outputs([grouped(W, *settings) for W in matrices], biases, X)


def path(
    A: Array, b: Array, w: Array, alpha: float, steps: int, scale: float, U: Any = None
) -> list[Array]:
    """The points of low-precision SGD for the gradient A w - b, the start first.

    U (steps, d) are the draws of stochastic rounding; without it to the nearest.
    """

    def on_grid(x: float, u: float | None) -> float:
        steps = round(x / scale) if u is None else math.floor(x / scale + u)
        return scale * min(max(steps, -127), 127)

    points = [np.array([on_grid(float(x), None) for x in w])]
    for t in range(steps):
        draws = [None] * len(w) if U is None else [float(u) for u in U[t]]
        target = points[-1] - alpha * (A @ points[-1] - b)
        points.append(np.array([on_grid(float(x), u) for x, u in zip(target, draws, strict=True)]))
    return points


# Part 4
def exact_steps(
    W: Array, H: Array, scale: Array, zero: Array, bits: int, symmetric: bool, order: Any = None
) -> Array:
    """Codes of optimal brain quantisation in a given order, O(d^4): solved anew for each column."""
    d = W.shape[1]
    order = list(range(d)) if order is None else [int(j) for j in order]
    codes, Q = np.empty(W.shape, int), W.copy()
    for i, j in enumerate(order):
        fixed, left = order[:i], order[i:]
        slope = H[np.ix_(left, fixed)] @ (W - Q)[:, fixed].T
        moved = W[:, j] + np.linalg.solve(H[np.ix_(left, left)], slope)[0]
        for row, x in enumerate(moved):
            at = row, j
            codes[at] = _nearest(x, scale[at], zero[at], bits, symmetric)
            Q[at] = scale[at] * (codes[at] - zero[at])
    return codes.astype(np.int8 if symmetric else np.uint8)


def activity(H: Array) -> Array:
    """The columns by their diagonal entry, the largest first: sorted as pairs."""
    return np.array([j for _, j in sorted((-float(H[j, j]), j) for j in range(len(H)))])


def nearest_plane(
    W: Array, U: Array, scale: Array, zero: Array, bits: int, symmetric: bool
) -> Array:
    """Babai's nearest planes for the lattice of the columns of M, with H = M^T M and M = U^-T."""
    return _planes(W, np.linalg.inv(U).T, scale, zero, bits, symmetric)


def _lower(H: Array) -> Array:
    """Lower triangular M with H = M^T M: a Cholesky factor read backwards."""
    return np.linalg.cholesky(H[::-1, ::-1]).T[::-1, ::-1]


def _planes(W: Array, M: Array, scale: Array, zero: Array, bits: int, symmetric: bool) -> Array:
    """Row j of M measures the errors of columns 0 to j: code j brings its value nearest to 0."""
    codes, off = np.empty(W.shape, int), np.zeros(W.shape)
    for j in range(len(M)):
        wanted = W[:, j] + off[:, :j] @ M[j, :j] / M[j, j]
        for row, x in enumerate(wanted):
            at = row, j
            codes[at] = _nearest(x, scale[at], zero[at], bits, symmetric)
            off[at] = W[at] - scale[at] * (codes[at] - zero[at])
    return codes.astype(np.int8 if symmetric else np.uint8)


def damped(H: Array, damp: float) -> Array:
    """One diagonal entry after another."""
    sum_of_diagonal = math.fsum(float(H[j, j]) for j in range(len(H)))
    result = H.copy()
    for j in range(len(H)):
        result[j, j] = H[j, j] + damp * sum_of_diagonal / len(H) if H[j, j] else 1.0
    return result


def awq_scale(W: Array, X: Array, bits: int, group: int, alphas: Sequence[float]) -> list[Any]:
    """Factors, alpha and all errors: each candidate in loops with exactly rounded sums."""
    magnitude = [math.fsum(map(abs, map(float, column))) / len(X) for column in X.T]
    right, tried = _product(X, W), []
    for alpha in alphas:
        powers = [m**alpha for m in magnitude]
        s = np.array([p / math.sqrt(max(powers) * min(powers)) for p in powers])
        rounded = _product(X / s, weights(*grouped(W * s, bits, group, False)))
        tried.append((math.fsum(((right - rounded) ** 2).ravel()), s, alpha))
    errors = [error for error, _, _ in tried]
    _, s, alpha = tried[errors.index(min(errors))]
    return [s, float(alpha), np.array(errors)]


def w8a8(X: Array, W: Array) -> Array:
    """Sums of codes in Python's integers, then both scales."""
    codes, scales = zip(*(_rows_of_codes(factor) for factor in (X, W)), strict=True)
    sums = [[sum(map(int.__mul__, q, p)) for p in codes[1]] for q in codes[0]]
    return np.array(
        [
            [n * p * q for n, q in zip(row, scales[1], strict=True)]
            for row, p in zip(sums, scales[0], strict=True)
        ]
    )


def _rows_of_codes(factor: Array) -> tuple[list[list[int]], list[float]]:
    scales = [_scale([0.0, *map(float, row)], 8, True)[0] for row in factor]
    rows = zip(factor, scales, strict=True)
    return [[_nearest(x, s, 0, 8, True) for x in row] for row, s in rows], scales


def w8a8_split(X: Array, W: Array, threshold: float) -> Array:
    """The columns in two lists."""
    large = [any(abs(float(x)) > threshold for x in column) for column in X.T]
    apart = [k for k, is_large in enumerate(large) if is_large]
    rest = [k for k, is_large in enumerate(large) if not is_large]
    return np.add(_product(X[:, apart], W[:, apart]), w8a8(X[:, rest], W[:, rest]))
