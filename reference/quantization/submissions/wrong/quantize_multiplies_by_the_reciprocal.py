"""Numbers are multiplied by the reciprocal of the scale.

caught by: check_codes_are_the_nearest
message: the asymmetric codes of
appended to: uniform.py
"""


def quantize(x, scale, zero, bits, symmetric):
    steps = np.rint(np.asarray(x, np.float64) * (1.0 / np.asarray(scale, np.float64)))
    return _clipped(steps, zero, bits, symmetric)
