"""Quotients in the middle between two whole numbers are rounded away from 0.

caught by: check_codes_of_the_worked_example, check_codes_are_the_nearest
message: the codes of the worked example
appended to: uniform.py
"""


def quantize(x, scale, zero, bits, symmetric):
    quotient = np.asarray(x, np.float64) / scale
    steps = np.sign(quotient) * np.floor(np.abs(quotient) + 0.5)
    return _clipped(steps, zero, bits, symmetric)
