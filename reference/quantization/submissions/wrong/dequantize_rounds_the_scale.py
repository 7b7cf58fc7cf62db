"""The scale is rounded to float32 before it is multiplied.

caught by: check_numbers_are_rounded_once
message: the numbers of uint
not recognised: its answers are right to seven digits
appended to: uniform.py
"""


def dequantize(codes, scale, zero):
    return (codes.astype(np.int64) - zero).astype(np.float32) * np.asarray(scale, np.float32)
