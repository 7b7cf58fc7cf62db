"""Quotients in the middle between two whole numbers are rounded up.

caught by: check_codes_of_the_worked_example, check_codes_are_the_nearest
message: the codes of the worked example
appended to: uniform.py
"""


def quantize(x, scale, zero, bits, symmetric):
    return _clipped(np.floor(np.asarray(x, np.float64) / scale + 0.5), zero, bits, symmetric)
