"""Codes are returned in int64.

caught by: (later)
message: (later)
appended to: uniform.py
"""


def quantize(x, scale, zero, bits, symmetric):
    steps = np.rint(np.asarray(x, np.float64) / scale)
    return _clipped(steps, zero, bits, symmetric).astype(np.int64)
