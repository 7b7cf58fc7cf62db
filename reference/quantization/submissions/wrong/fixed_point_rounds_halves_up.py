"""A multiplier in the middle between two whole numbers is rounded up.

caught by: check_factors_become_whole_numbers
message: the multiplier of
appended to: integers.py
"""


def fixed_point(factor):
    fraction, exponent = math.frexp(factor)
    multiplier, shift = math.floor(fraction * 2**31 + 0.5), 31 - exponent
    return (multiplier, shift) if multiplier < 2**31 else (2**30, shift - 1)
