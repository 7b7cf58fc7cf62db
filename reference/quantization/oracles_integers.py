"""Oracles of part 2: Python's whole numbers, exact rationals, and the nearest of two neighbours."""

from fractions import Fraction

import numpy as np

Array = np.ndarray

_BFLOAT16_INFINITY = 0x7F80


# Tasks 2.1 and 2.2
def integer_product(Q: Array, zero_q: int, P: Array, zero_p: Array) -> Array:
    """One sum of products of whole numbers after another."""
    left = [[int(q) - zero_q for q in row] for row in Q]
    right = [[int(p) - int(z) for p in row] for row, z in zip(P, zero_p, strict=True)]
    sums = [[sum(q * p for q, p in zip(a, b, strict=True)) for b in right] for a in left]
    return np.array(sums, np.int64).reshape(len(Q), len(P)).astype(np.int32)


def exact_terms(largest_q: int, largest_p: int) -> int:
    """The last K whose largest sum is not above 2^24, found by halving an interval."""
    within, beyond = 0, 2**24 + 1
    while beyond - within > 1:
        middle = (within + beyond) // 2
        if sum((largest_q * largest_p * middle,)) <= 2**24:
            within = middle
        else:
            beyond = middle
    return within


# Task 2.3
def fixed_point(factor: float) -> list[int]:
    """The largest shift for which the rounded multiple is below 2^31."""
    for shift in range(62, 29, -1):
        multiplier = round(Fraction(factor) * 2**shift)
        if multiplier < 2**31:
            return [multiplier, shift]
    raise ValueError(f"{factor} is not below 1")


def requantize(acc: Array, multiplier: int, shift: int, zero: int, bits: int) -> Array:
    """Exact quotients; half is added to the magnitude, and what is not whole is cut off."""
    codes = np.empty(acc.shape, np.uint8)
    for index in np.ndindex(*acc.shape):
        quotient = Fraction(int(acc[index]) * multiplier, 2**shift)
        size = int(abs(quotient) + Fraction(1, 2))
        steps = -size if quotient < 0 else size
        codes[index] = min(max(steps + zero, 0), 2**bits - 1)
    return codes


# Task 2.4
def to_bfloat16(bits: Array) -> Array:
    """The nearest of the two neighbours of each float32 number, given by its bits; no NaN."""
    nearest = [_nearest(int(pattern)) for pattern in bits.ravel()]
    return np.array(nearest, np.uint16).reshape(bits.shape)


def _nearest(pattern: int) -> int:
    """Magnitudes are compared: the sign has a bit of its own."""
    sign, magnitude = pattern & 0x80000000, pattern & 0x7FFFFFFF
    if magnitude == _BFLOAT16_INFINITY << 16:
        return pattern >> 16
    below, x = magnitude >> 16, _value(magnitude, 23)
    gaps = {upper: abs(_value(upper, 7) - x) for upper in (below, below + 1)}
    near = [upper for upper in gaps if gaps[upper] == min(gaps.values())]
    return (sign >> 16) | (near[0] if len(near) == 1 else next(n for n in near if n % 2 == 0))


def _value(magnitude: int, fraction_bits: int) -> Fraction:
    """The number of a float without its sign; what would be infinity is 2^128."""
    exponent, fraction = divmod(magnitude, 2**fraction_bits)
    if exponent == 0:
        return Fraction(fraction, 2 ** (126 + fraction_bits))
    return (1 + Fraction(fraction, 2**fraction_bits)) * Fraction(2) ** (exponent - 127)


# Task 2.5
def scales(scale: float, interval: int, found: list[bool]) -> list[list[float | bool]]:
    """Whether each step may be made, and the scale after it: seen from the last bad step."""
    history: list[list[float | bool]] = []
    for step, bad in enumerate(found):
        now = float(history[-1][1]) if history else scale
        good = 0
        while good <= step and not found[step - good]:
            good += 1
        grows = good > 0 and good % interval == 0
        history.append([not bad, max(now / 2, 1.0) if bad else now * (1 + grows)])
    return history
