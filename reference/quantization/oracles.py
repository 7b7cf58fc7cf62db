"""Answers computed another way than the reference, for part 1: rationals, one entry at a time.

The other parts are in oracles_*.py. Every function depends on the inputs of a check only, never on
what a student returned: the answers to visible checks are recorded when the assignment is released.
"""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

Array = np.ndarray
Parameters = tuple[Array, Array]

SMALLEST_SCALE = Fraction(1, 2**126)


def code_range(bits: int, symmetric: bool) -> tuple[int, int]:
    """The ends of a listing of all patterns of so many bits."""
    patterns = range(2**bits)
    if not symmetric:
        return patterns[0], patterns[-1]
    signed = sorted(_signed(pattern, bits) for pattern in patterns)
    return signed[1], signed[-1]  # the lowest has no opposite


def _signed(pattern: int, bits: int) -> int:
    """The number of a two's complement."""
    return pattern - 2**bits if pattern >= 2 ** (bits - 1) else pattern


def _exact(number: object) -> Fraction:
    return Fraction(float(number))  # type: ignore[arg-type]


# Task 1.1
def parameters(low: Array, high: Array, bits: int, symmetric: bool) -> Parameters:
    """Scale and zero of one range after another."""
    scale, zero = np.empty(low.shape), np.empty(low.shape, np.int64)
    for index, _ in np.ndenumerate(low):
        scale[index], zero[index] = _parameters([low[index], high[index]], bits, symmetric)
    return scale, zero


def _parameters(numbers: list[object], bits: int, symmetric: bool) -> tuple[float, int]:
    """Of the numbers of one group: the scale is rounded to a float before zero is computed."""
    exact = [_exact(number) for number in numbers]
    largest = code_range(bits, symmetric)[1]
    if symmetric:
        return float(max(max(abs(x) for x in exact) / largest, SMALLEST_SCALE)), 0
    low, high = min([*exact, Fraction(0)]), max([*exact, Fraction(0)])
    scale = float(max((high - low) / largest, SMALLEST_SCALE))
    return scale, round(float(-low / Fraction(scale)))  # the quotient is a float as well


# Task 1.2
def quantize(x: Array, scale: Array, zero: Array, bits: int, symmetric: bool) -> Array:
    """The quotient is rounded to a float, as the contract says, and then to the nearest."""
    return _codes(x, scale, zero, np.zeros(x.shape), bits, symmetric)


def quantize_stochastic(
    x: Array, scale: Array, zero: Array, u: Array, bits: int, symmetric: bool
) -> Array:
    """With the draws u in place of a generator."""
    return _codes(x, scale, zero, u, bits, symmetric, stochastic=True)


def _codes(
    x: Array,
    scale: Array,
    zero: Array,
    u: Array,
    bits: int,
    symmetric: bool,
    stochastic: bool = False,
) -> Array:
    codes = np.empty(x.shape, np.int8 if symmetric else np.uint8)
    scales, zeros = (np.broadcast_to(values, x.shape) for values in (scale, zero))
    least, largest = code_range(bits, symmetric)
    for index in np.ndindex(*x.shape):
        quotient = float(_exact(x[index]) / _exact(scales[index]))
        moved = Fraction(float(Fraction(quotient) + _exact(u[index])))
        steps = moved.numerator // moved.denominator if stochastic else round(moved)
        codes[index] = min(max(steps + int(zeros[index]), least), largest)
    return codes


def dequantize(codes: Array, scale: Array, zero: Array) -> Array:
    """One exact product after another, rounded to float32."""
    numbers = np.empty(codes.shape, np.float32)
    scales, zeros = (np.broadcast_to(values, codes.shape) for values in (scale, zero))
    for index in np.ndindex(*codes.shape):
        steps = int(codes[index]) - int(zeros[index])
        numbers[index] = np.float32(float(steps * _exact(scales[index])))
    return numbers


# Task 1.3
def pack_nibbles(codes: Array) -> Array:
    """Whole numbers in base 16, one byte after another."""
    rows = [[int(code) % 16 for code in row] for row in codes]
    packed = [[sum(n * 16**k for k, n in enumerate(pair)) for pair in _pairs(row)] for row in rows]
    return np.array(packed, np.uint8).reshape(len(codes), (codes.shape[1] + 1) // 2)


def _pairs(row: list[int]) -> Iterator[list[int]]:
    yield from (row[k : k + 2] for k in range(0, len(row), 2))


# Task 1.4
def groups_of(d: int, group: int) -> list[range]:
    """The columns of each group of a row."""
    return [range(k, min(k + group, d)) for k in range(0, d, group)]


def group_parameters(W: Array, bits: int, group: int, symmetric: bool) -> list[Array | None]:
    """Scales and zeros of one group after another."""
    groups = groups_of(W.shape[1], group)
    scales = np.empty((len(W), len(groups)), np.float32)
    zeros = np.empty(scales.shape, np.uint8)
    for r, g in np.ndindex(*scales.shape):
        numbers = [W[r, k] for k in groups[g]]
        scales[r, g], zeros[r, g] = _parameters(numbers, bits, symmetric)
    return [scales, None if symmetric else zeros]


def spread(scales: Array, zeros: Array | None, d: int, group: int) -> list[Array]:
    """The scale and the zero of one column after another."""
    none = np.zeros(scales.shape) if zeros is None else zeros
    columns = [k // group for k in range(d)]
    return [np.stack([v[:, g].astype(np.float64) for g in columns], 1) for v in (scales, none)]


def stored(codes: Array, bits: int) -> Array:
    """The bytes of codes: nibbles of at most four bits, else two's complements of eight."""
    if bits <= 4:
        return pack_nibbles(codes)
    return np.array([[int(code) % 256 for code in row] for row in codes], np.uint8)


def group_codes(
    W: Array, scales: Array, zeros: Array | None, bits: int, group: int, symmetric: bool
) -> Array:
    """The codes of W with the scales as they are stored."""
    scale, zero = spread(scales, zeros, W.shape[1], group)
    return quantize(W, scale, zero, bits, symmetric)


def entries(codes: Array, scales: Array, zeros: Array | None, group: int) -> Array:
    """What the codes (rows, d) stand for."""
    return dequantize(codes, *spread(scales, zeros, codes.shape[1], group))


# Task 1.5
def clip_for_least_error(x: Array, bits: int, steps: int) -> float:
    """All candidates, from the largest on, with exact errors."""
    exact = [_exact(number) for number in x.ravel()]
    most, largest = max(abs(number) for number in exact), code_range(bits, True)[1]
    best, least = Fraction(0), None
    for k in range(steps, 0, -1):
        clip = most * k / steps
        scale = max(clip / largest, SMALLEST_SCALE)
        error = Fraction(0)
        for number in exact:
            code = min(max(round(number / scale), -largest), largest)
            error += (number - scale * code) ** 2
        if least is None or error < least:
            best, least = clip, error
    return float(best)


# Task 1.6
def pack_threes(codes: Array) -> Array:
    """Each row is one whole number in base 8, and its bytes from the lowest on."""
    width = -(-3 * codes.shape[1] // 8)
    rows = [sum(int(code) * 8**k for k, code in enumerate(row)) for row in codes]
    listed = [list(row.to_bytes(width, "little")) for row in rows]
    return np.array(listed, np.uint8).reshape(len(codes), width)
