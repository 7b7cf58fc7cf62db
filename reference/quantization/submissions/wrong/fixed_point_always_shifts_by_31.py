"""The shift is 31 for every factor, so small factors lose their bits.

caught by: (later)
message: (later)
appended to: integers.py
"""


def fixed_point(factor):
    return round(factor * 2**31), 31
