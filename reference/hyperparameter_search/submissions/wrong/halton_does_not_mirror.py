"""Halton's digits are not mirrored.

caught by: check_first_points_of_halton, check_halton_is_mirrored_digits
message: the points 1 to 4
appended to: spaces.py
"""


def _mirrored(i, b):
    power = b
    while power <= i:
        power *= b
    return i / power
