"""Answers of part 5 computed another way: exact fractions, whole numbers, decimals of 60 digits.

Every function depends on the inputs of a check only, never on what a student returned.
"""

import itertools
import math
from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np


def encoded(x: np.ndarray, codebook: np.ndarray) -> np.ndarray:
    """The number of the nearest value by exact distances, one entry after another."""
    values = [Fraction(float(value)) for value in codebook]
    codes = [_nearest(Fraction(float(entry)), values) for entry in x.flat]
    return np.array(codes, np.uint8).reshape(x.shape)


def _nearest(entry: Fraction, values: Sequence[Fraction]) -> int:
    """Of equal distances the first."""
    return min(range(len(values)), key=lambda number: abs(entry - values[number]))


def codebook_of_means(x: np.ndarray, k: int, steps: int) -> np.ndarray:
    """Lloyd's steps in fractions."""
    entries = [Fraction(float(entry)) for entry in x.flat]
    low, high = min(entries), max(entries)
    values = [low + (high - low) * number / (k - 1) for number in range(k)]
    for _ in range(steps):
        members: list[list[Fraction]] = [[] for _ in values]
        for entry in entries:
            members[_nearest(entry, values)].append(entry)
        values = [
            sum(own, Fraction(0)) / len(own) if own else value
            for own, value in zip(members, values, strict=True)
        ]
    return np.array([float(value) for value in values])


def pruned(W: np.ndarray, sparsity: float) -> np.ndarray:
    """The entries sorted by magnitude and place; so many of them become 0."""
    entries = [float(entry) for entry in W.flat]
    places = sorted(range(len(entries)), key=lambda place: (abs(entries[place]), place))
    for place in places[: math.floor(Fraction(sparsity) * len(entries))]:
        entries[place] = 0.0
    return np.array(entries, W.dtype).reshape(W.shape)


def sparse(W: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values, columns and starts, one entry after another."""
    values, columns, starts = [], [], [0]
    for row in W:
        for column, entry in enumerate(row):
            if entry != 0:
                values.append(entry)
                columns.append(column)
        starts.append(len(values))
    return np.array(values, np.float32), np.array(columns, np.int32), np.array(starts, np.int32)


def sparse_product(
    values: np.ndarray, columns: np.ndarray, starts: np.ndarray, x: np.ndarray
) -> np.ndarray:
    """Sums of exact products, rounded once, row by row."""
    products = [
        Fraction(float(value)) * Fraction(float(x[column]))
        for value, column in zip(values, columns, strict=True)
    ]
    ends = itertools.pairwise(int(start) for start in starts)
    return np.array([float(sum(products[first:last], Fraction(0))) for first, last in ends])


def sent(gradients: np.ndarray, k: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Places and entries that are sent, for gradients of whole numbers: nothing is rounded."""
    kept = [0] * gradients.shape[1]
    messages = []
    for gradient in gradients:
        kept = [old + int(new) for old, new in zip(kept, gradient, strict=True)]
        places = sorted(sorted(range(len(kept)), key=lambda place: (-abs(kept[place]), place))[:k])
        messages.append((np.array(places), np.array([float(kept[place]) for place in places])))
        for place in places:
            kept[place] = 0
    return messages


def distilled(student: np.ndarray, teacher: np.ndarray, T: float) -> tuple[float, np.ndarray]:
    """The loss by its definition, and its central differences, in decimals of 60 digits."""
    with localcontext() as context:
        context.prec = 60
        logits, wanted = (_decimals(each) for each in (student, teacher))
        temperature, eps = Decimal(T), Decimal(10) ** -20
        loss = _divergence(logits, wanted, temperature)
        gradient = np.empty(student.shape)
        for i, row in enumerate(logits):
            for k, logit in enumerate(row):
                sides = []
                for side in (1, -1):
                    row[k] = logit + side * eps
                    sides.append(_divergence([row], [wanted[i]], temperature))
                row[k] = logit
                gradient[i, k] = float((sides[0] - sides[1]) / (2 * eps * len(logits)))
        return float(loss), gradient


def _decimals(Z: np.ndarray) -> list[list[Decimal]]:
    return [[Decimal(float(logit)) for logit in row] for row in Z]


def _divergence(student: list[list[Decimal]], teacher: list[list[Decimal]], T: Decimal) -> Decimal:
    """T^2 times the mean over the rows of the sum of p (log p - log q)."""
    total = Decimal(0)
    for of_student, of_teacher in zip(student, teacher, strict=True):
        q, p = ([(logit / T).exp() for logit in row] for row in (of_student, of_teacher))
        log_ratio = (sum(q) / sum(p)).ln()
        total += sum(
            share / sum(p) * ((b - a) / T + log_ratio)
            for share, a, b in zip(p, of_student, of_teacher, strict=True)
        )
    return T**2 * total / len(student)
