"""Codes are multiplied by the scale without their zero.

caught by: (later)
message: (later)
appended to: uniform.py
"""


def dequantize(codes, scale, zero):
    return (codes * np.asarray(scale, np.float64)).astype(np.float32)
