"""A multiplier that is rounded to 2^31 stays there.

caught by: (later)
message: (later)
appended to: integers.py
"""


def fixed_point(factor):
    fraction, exponent = math.frexp(factor)
    return round(fraction * 2**31), 31 - exponent
