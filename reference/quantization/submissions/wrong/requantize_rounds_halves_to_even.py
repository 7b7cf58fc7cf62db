"""Quotients in the middle between two whole numbers are rounded to the even one.

caught by: check_requantize_of_the_worked_example, check_sums_are_rounded_once
message: the codes of halves
appended to: integers.py
"""


def requantize(acc, multiplier, shift, zero, bits):
    product = acc.astype(np.int64) * multiplier
    below, rest = product >> shift, product & ((1 << shift) - 1)
    half = 1 << (shift - 1)
    steps = below + ((rest > half) | ((rest == half) & (below % 2 == 1)))
    return np.clip(steps + zero, 0, 2**bits - 1).astype(np.uint8)
