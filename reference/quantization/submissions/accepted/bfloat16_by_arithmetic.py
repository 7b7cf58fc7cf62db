"""Numbers are rounded to eight bits by frexp and rint, and never looked at bit by bit.

appended to: integers.py
"""


def to_bfloat16(x):
    with np.errstate(all="ignore"):
        exponents = np.maximum(np.frexp(x)[1], -125).astype(np.int64)
        whole = np.rint(np.ldexp(x.astype(np.float64), 8 - exponents))
        rounded = np.ldexp(whole, exponents - 8).astype(np.float32)
    upper = (np.ascontiguousarray(rounded).view(np.uint32) >> 16).astype(np.uint16)
    return np.where(np.isnan(x), np.uint16(0x7FC1), upper)


def from_bfloat16(bits):
    sign = np.where(bits >> 15, -1.0, 1.0)
    exponent, fraction = (bits >> 7 & 0xFF).astype(np.int64), bits & 0x7F
    size = np.ldexp(fraction + np.where(exponent > 0, 128.0, 0.0), np.maximum(exponent, 1) - 134)
    size = np.where(exponent == 255, np.where(fraction > 0, np.nan, np.inf), size)
    return (sign * size).astype(np.float32)
