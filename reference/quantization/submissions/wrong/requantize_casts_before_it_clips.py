"""The quotient is cast to a byte before it is clipped.

caught by: check_requantize_of_the_worked_example, check_sums_are_rounded_once
message: the codes of halves
appended to: integers.py
"""


def requantize(acc, multiplier, shift, zero, bits):
    product = acc.astype(np.int64) * multiplier
    steps = np.sign(product) * ((np.abs(product) + (1 << (shift - 1))) >> shift)
    return np.clip((steps + zero).astype(np.uint8), 0, 2**bits - 1)
