"""Sums are multiplied by the factor in float32.

caught by: check_extreme_sums_are_exact
message: the codes of extreme sums for
not recognised: only a few codes differ, by 1
appended to: integers.py
"""


def requantize(acc, multiplier, shift, zero, bits):
    quotient = acc.astype(np.float32) * np.float32(multiplier / 2**shift)
    steps = np.sign(quotient) * np.floor(np.abs(quotient) + np.float32(0.5))
    return np.clip(steps + zero, 0, 2**bits - 1).astype(np.uint8)
