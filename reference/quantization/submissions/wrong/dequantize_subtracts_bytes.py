"""Zero is subtracted in uint8, where the difference wraps around.

caught by: check_codes_of_the_worked_example, check_numbers_are_rounded_once
message: the numbers of the codes
appended to: uniform.py
"""


def dequantize(codes, scale, zero):
    difference = codes - np.asarray(zero).astype(codes.dtype)
    return (difference.astype(np.float64) * scale).astype(np.float32)
