"""Tasks 4.1, 4.2 and 4.4, and part 6: by normal equations, by signs, counted one at a time."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

Array = np.ndarray


def obq_steps(H: Array, w: Array, places: Sequence[int], values: Sequence[float]) -> list[Any]:
    """(w, H_inv) before the first and after each step: the columns that are left are solved for.

    After each step they minimise (w' - w) H (w' - w)^T, where the fixed ones have their values.
    """
    fixed: list[int] = []
    states = [[w, np.linalg.inv(H)]]
    for j in places:
        fixed = [*fixed, j]
        left = [k for k in range(len(w)) if k not in fixed]
        moved, rest = w.copy(), np.zeros(H.shape)
        moved[fixed] = values[: len(fixed)]
        if left:
            normal = H[np.ix_(left, left)]
            slope = H[np.ix_(left, fixed)] @ (w[fixed] - moved[fixed])
            moved[left] += np.linalg.solve(normal, slope)
            rest[np.ix_(left, left)] = np.linalg.inv(normal)
        states.append([moved, rest])
    return states


def inverse_factor(H: Array) -> Array:
    """By its rows: the first row of the inverse over columns j to d, over the root of its first."""
    U = np.zeros(H.shape)
    for j in range(len(H)):
        row = np.linalg.inv(H[j:, j:])[0]
        U[j, j:] = row / math.sqrt(row[0])
    return U


def hadamard(x: Array) -> Array:
    """Entry (i, j) of the matrix is -1 where i and j share an odd number of bits, over the root."""
    n = x.shape[-1]
    signs = [[(-1.0) ** (i & j).bit_count() for i in range(n)] for j in range(n)]
    rows = [
        [math.fsum(map(float.__mul__, map(float, row), s)) / math.sqrt(n) for s in signs]
        for row in x.reshape(-1, n)
    ]
    return np.array(rows).reshape(x.shape)


# Part 6
def bits_per_weight(bits: int, group: int, scale_bits: int, zero_bits: int) -> float:
    """The bits of a whole group, code after code, shared by its weights."""
    return (sum(bits for _ in range(group)) + scale_bits + zero_bits) / group


def squared_error(scale: float, stochastic: bool) -> float:
    """The mean over 2000 numbers between two codes; both codes count, by their chances."""
    places = [(i + 0.5) / 2000 for i in range(2000)]
    errors = [
        (1 - p) * p**2 + p * (1 - p) ** 2 if stochastic else min(p, 1 - p) ** 2 for p in places
    ]
    return scale**2 * math.fsum(errors) / len(errors)


def flops_per_byte(bits_per_weight: float) -> float:
    """Of a row of 1000 weights: one multiplication and one addition each."""
    operations = sum(1 + 1 for _ in range(1000))
    return operations / (sum(bits_per_weight for _ in range(1000)) / 8)
