"""The quotient is computed in float32.

caught by: check_codes_are_the_nearest
message: the asymmetric codes of
appended to: uniform.py
"""


def quantize(x, scale, zero, bits, symmetric):
    steps = np.rint(np.asarray(x, np.float32) / np.asarray(scale, np.float32))
    return _clipped(steps.astype(np.float64), zero, bits, symmetric)
