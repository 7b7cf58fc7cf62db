"""The numbers of the caller are divided by the scale.

caught by: check_codes_are_the_nearest
message: read-only
appended to: uniform.py
"""


def quantize(x, scale, zero, bits, symmetric):
    x /= scale
    return _clipped(np.rint(x.astype(np.float64)), zero, bits, symmetric)
