"""Codes are clipped before zero is added.

caught by: check_codes_of_the_worked_example, check_codes_are_clipped
message: the codes of the worked example
appended to: uniform.py
"""


def quantize(x, scale, zero, bits, symmetric):
    least, largest = code_range(bits, symmetric)
    steps = np.clip(np.rint(np.asarray(x, np.float64) / scale), least, largest)
    return (steps + zero).astype(np.int64).astype(np.int8 if symmetric else np.uint8)
