"""Zero is added before the quotient is rounded, which moves ties if it is odd.

caught by: check_codes_are_the_nearest
message: the asymmetric codes of
appended to: uniform.py
"""


def quantize(x, scale, zero, bits, symmetric):
    codes = np.rint(np.asarray(x, np.float64) / scale + zero)
    return _clipped(codes, 0, bits, symmetric)
