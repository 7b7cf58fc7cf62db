"""Codes are cast to a byte before they are clipped.

As in the starter code of a known course.

caught by: check_codes_of_the_worked_example, check_codes_are_clipped
message: the codes of the worked example
appended to: uniform.py
"""


def quantize(x, scale, zero, bits, symmetric):
    steps = np.rint(np.asarray(x, np.float64) / scale) + zero
    codes = np.clip(steps, -(2.0**62), 2.0**62).astype(np.int64)
    codes = codes.astype(np.int8 if symmetric else np.uint8)
    return np.clip(codes, *code_range(bits, symmetric))
