"""Quotients are cut off instead of rounded.

caught by: check_codes_of_the_worked_example, check_codes_are_clipped
message: the codes of the worked example
appended to: uniform.py
"""


def quantize(x, scale, zero, bits, symmetric):
    return _clipped(np.trunc(np.asarray(x, np.float64) / scale), zero, bits, symmetric)
