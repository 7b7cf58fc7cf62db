"""The multiplier is cut off instead of rounded.

caught by: (later)
message: (later)
appended to: integers.py
"""


def fixed_point(factor):
    fraction, exponent = math.frexp(factor)
    return int(fraction * 2**31), 31 - exponent
