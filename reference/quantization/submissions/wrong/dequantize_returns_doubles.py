"""Dequantised numbers are returned in float64.

caught by: (later)
message: (later)
appended to: uniform.py
"""


def dequantize(codes, scale, zero):
    return (codes.astype(np.float64) - zero) * scale
