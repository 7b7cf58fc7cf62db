"""The quotient is shifted without rounding, half a code too low in the mean.

caught by: check_requantize_of_the_worked_example, check_sums_are_rounded_once
message: the codes of halves
appended to: integers.py
"""


def requantize(acc, multiplier, shift, zero, bits):
    steps = acc.astype(np.int64) * multiplier >> shift
    return np.clip(steps + zero, 0, 2**bits - 1).astype(np.uint8)
