"""The scale is rounded to float32 before it is multiplied.

caught by: (later)
message: (later)
appended to: uniform.py
"""


def dequantize(codes, scale, zero):
    return (codes.astype(np.int64) - zero).astype(np.float32) * np.asarray(scale, np.float32)
