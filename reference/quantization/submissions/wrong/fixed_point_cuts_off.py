"""The multiplier is cut off instead of rounded.

caught by: check_requantize_of_the_worked_example
message: the multiplier of
appended to: integers.py
"""


def fixed_point(factor):
    fraction, exponent = math.frexp(factor)
    return int(fraction * 2**31), 31 - exponent
