"""The quotient is rounded by 31 bits, and the result once more.

As in gemmlowp.

caught by: check_sums_are_rounded_once
message: the codes for
appended to: integers.py
"""


def requantize(acc, multiplier, shift, zero, bits):
    def rounded(value, places):
        half = (1 << places) >> 1
        return np.sign(value) * ((np.abs(value) + half) >> places)

    first = min(shift, 31)
    steps = rounded(rounded(acc.astype(np.int64) * multiplier, first), shift - first)
    return np.clip(steps + zero, 0, 2**bits - 1).astype(np.uint8)
