"""Codes are returned in int64.

caught by: check_codes_of_the_worked_example, check_codes_are_clipped
message: the codes of the worked example has dtype int
appended to: uniform.py
"""


def quantize(x, scale, zero, bits, symmetric):
    steps = np.rint(np.asarray(x, np.float64) / scale)
    return _clipped(steps, zero, bits, symmetric).astype(np.int64)
