"""Quotients are cut off instead of rounded.

caught by: (later)
message: (later)
appended to: uniform.py
"""


def quantize(x, scale, zero, bits, symmetric):
    return _clipped(np.trunc(np.asarray(x, np.float64) / scale), zero, bits, symmetric)
