"""How much information a value has: how unlikely it is that an unrelated wrong answer is the same.

Zero, one half and "two models" come out of many mistakes; seven digits of a sum come out of one.
The transcript computes it for each answer, and the recognition of mistakes requires enough of it.
"""

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from autograder.model.values import is_tensor, leaves

MOST_BITS = 200.0
_OF_REAL = 20.0  # of a number without a pattern, compared to seven digits
_BEYOND = 2**1023  # larger integers are no floats, and no answers
_SIMPLE = 1000  # denominators up to here: shares of so many examples
_LOOKED_AT = 2**16  # numbers of one array, evenly spread


def information(value: Any) -> float:
    """Bits of information in the numbers of a value, at any depth; at most MOST_BITS.

    Text and types do not count.
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
    if number.is_integer():
        return min(_OF_REAL, math.log2(1 + abs(number)))
    near = Fraction(number).limit_denominator(_SIMPLE)
    if abs(number - float(near)) > 1e-12 * abs(number):
        return _OF_REAL
    return min(_OF_REAL, math.log2(near.denominator) + math.log2(1 + abs(number)))


def _numbers(value: Any) -> Iterator[float]:
    """The distinct numbers of each array, and every number beside them."""
    for leaf in leaves(value):
        if isinstance(leaf, slice):
            yield from _numbers([leaf.start, leaf.stop])
        elif isinstance(leaf, (float, int)) and not isinstance(leaf, bool):
            if isinstance(leaf, float) or abs(leaf) < _BEYOND:
                yield float(leaf)
        elif is_tensor(leaf):
            yield from _numbers(leaf.detach().double().numpy())
        elif isinstance(leaf, (np.ndarray, np.generic)) and leaf.dtype.kind in "iufc":
            for part in [leaf.real, leaf.imag] if leaf.dtype.kind == "c" else [leaf]:
                few = part.reshape(-1)[:: 1 + part.size // _LOOKED_AT]
                yield from map(float, np.unique(few))
