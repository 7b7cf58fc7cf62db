"""Codes are multiplied by the scale without their zero.

caught by: check_codes_of_the_worked_example, check_numbers_are_rounded_once
message: the numbers of the codes
appended to: uniform.py
"""


def dequantize(codes, scale, zero):
    return (codes * np.asarray(scale, np.float64)).astype(np.float32)
