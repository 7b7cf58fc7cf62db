"""How much a value says: how unlikely an unrelated wrong answer is to be the very same.

Zero, one half and "two models" come out of many mistakes; seven digits of a sum come out of one.
"""

import math
from fractions import Fraction
from typing import Any

import numpy as np

MOST_BITS = 200.0
_OF_REAL = 20.0  # of a number with no pattern, compared to seven digits
_BEYOND = 2**1023  # larger integers are no floats, and no answers
_SIMPLE = 1000  # denominators up to here: shares of so many examples


def information(value: Any) -> float:
    """Bits of information in the numbers of a value, at any depth; at most MOST_BITS.

    Text and types count nothing.
    """
    bits = 0.0
    for number in _numbers(value):
        bits += _bits(number)
        if bits >= MOST_BITS:
            return MOST_BITS
    return bits


def _bits(number: float) -> float:
    if not math.isfinite(number):
        return 0.0
    near = Fraction(number).limit_denominator(_SIMPLE)
    if abs(number - float(near)) > 1e-12 * abs(number):
        return _OF_REAL
    return min(_OF_REAL, math.log2(near.denominator) + math.log2(1 + abs(number)))


def _numbers(value: Any) -> Any:
    """The distinct numbers of each array, and every number beside them."""
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, dict):
        yield from _numbers(list(value.values()))
    elif isinstance(value, slice):
        yield from _numbers([value.start, value.stop])
    elif isinstance(value, (bool, np.bool_)):
        return
    elif isinstance(value, float) or (isinstance(value, int) and abs(value) < _BEYOND):
        yield float(value)
    elif isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind in "iufc":
        parts = [value.real, value.imag] if value.dtype.kind == "c" else [value]
        for part in parts:
            yield from map(float, np.unique(part))
    elif type(value).__module__ == "torch" and hasattr(value, "detach"):
        yield from _numbers(value.detach().double().numpy())
