"""The shift is 31 for every factor, so small factors lose their bits.

caught by: check_requantize_of_the_worked_example
message: the multiplier of
appended to: integers.py
"""


def fixed_point(factor):
    return round(factor * 2**31), 31
