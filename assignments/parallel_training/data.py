"""Arrays, examples and a small network for the checks, made from the seed of the run."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

Array = np.ndarray
Arrays = list[Array]
Rng = np.random.Generator

SIZES = (1, 2, 3, 5, 8)  # numbers of ranks


def read_only(array: Array) -> Array:
    """The same array, but writing to it raises ValueError."""
    array.setflags(write=False)
    return array


def whole_numbers(rng: Rng, N: int, n: int, most: int = 2**40) -> Array:
    """An array (N, n) of whole numbers in float64, row r for rank r.

    Their sums are exact in any order, and need more bits than a smaller type has.
    """
    return read_only(rng.integers(-most, most, size=(N, n)).astype(float))


def negative(rng: Rng, N: int, n: int, dtype: type) -> Array:
    """An array (N, n) of whole numbers below 0, which float32 and int32 hold exactly."""
    return read_only((-1 - np.abs(whole_numbers(rng, N, n, 2**20))).astype(dtype))


def of_all_sizes(rng: Rng, N: int, n: int) -> Array:
    """An array (N, n) of numbers whose sum is rounded differently in each order."""
    return read_only(rng.standard_normal((N, n)) * 10.0 ** rng.integers(-3, 4, size=(N, 1)))


def minibatch(
    rng: Rng, n: int, d: int, c: int, dtype: type = np.float64
) -> tuple[Array, Array, Array]:
    """A model W (c, d), examples X (n, d), and one-hot labels Y (n, c)."""
    W = rng.standard_normal((c, d)).astype(dtype)
    X = rng.standard_normal((n, d)).astype(dtype)
    Y = np.eye(c, dtype=dtype)[rng.integers(c, size=n)]
    return read_only(W), read_only(X), read_only(Y)


def parameters(rng: Rng, widths: Sequence[int]) -> Arrays:
    """Weights (d, k) and biases (k,) of the layers of a small network, alternating."""
    shapes = [shape for d, k in pairwise(widths) for shape in ((d, k), (k,))]
    return [read_only(rng.standard_normal(shape) / np.sqrt(shape[0])) for shape in shapes]


def examples(rng: Rng, *sizes: int, d: int, k: int) -> tuple[Array, Array]:
    """Inputs (*sizes, d) and targets (*sizes, k) of the network."""
    X = rng.standard_normal((*sizes, d))
    return read_only(X), read_only(rng.standard_normal((*sizes, k)))


def gradient(params: Arrays, X: Array, Y: Array) -> Arrays:
    """The gradient of the summed loss (1/2) ||y - Y||^2 of a network with layers tanh(h W + b)."""
    hidden = [X]
    for W, bias in zip(params[::2], params[1::2], strict=True):
        hidden.append(np.tanh(hidden[-1] @ W + bias))
    backwards: Arrays = []
    error = hidden[-1] - Y
    for W in params[::2][::-1]:
        error = error * (1 - hidden.pop() ** 2)
        backwards += [error.sum(axis=0), hidden[-1].T @ error]
        error = error @ W.T
    return backwards[::-1]


def valid(rng: Rng, counts: Sequence[int], b: int) -> Array:
    """Which of b examples count, (N, b) bool: rank r has counts[r] of them, at random places."""
    marks = np.array([np.arange(b) < count for count in counts])
    return read_only(rng.permuted(marks, axis=1))


def arrays(rng: Rng, shapes: Sequence[tuple[int, ...]], dtype: type = np.float64) -> Arrays:
    """Arrays of these shapes, which may be ()."""
    return [read_only(np.asarray(rng.standard_normal(shape), dtype)) for shape in shapes]


def schedule(rng: Rng, p: int, m: int) -> list[list[tuple[str, int]]]:
    """A schedule that can be carried out: at each turn a stage that can go on is drawn.

    Forwards, and backwards, are in the order of micro-batches; how they take turns is random.
    """
    made: list[list[tuple[str, int]]] = [[] for _ in range(p)]
    done = [[0, 0] for _ in range(p)]  # forwards and backwards of each stage
    while sum(map(sum, done)) < 2 * p * m:
        i, backward = int(rng.integers(p)), int(rng.integers(2))
        j = done[i][backward]
        if backward:
            limit = done[i + 1][1] if i + 1 < p else done[i][0]
        else:
            limit = done[i - 1][0] if i else m
        if j < limit:
            made[i].append(("FB"[backward], j))
            done[i][backward] += 1
    return made
