"""Dequantised numbers are returned in float64.

caught by: check_codes_of_the_worked_example, check_numbers_are_rounded_once
message: the numbers of the codes
appended to: uniform.py
"""


def dequantize(codes, scale, zero):
    return (codes.astype(np.float64) - zero) * scale
