"""Zero is added before the rounding, which moves ties of negative quotients.

caught by: check_requantize_of_the_worked_example, check_sums_are_rounded_once
message: the codes of halves
appended to: integers.py
"""


def requantize(acc, multiplier, shift, zero, bits):
    product = acc.astype(np.int64) * multiplier
    below, half = product >> shift, 1 << (shift - 1)
    rest, total = product & ((1 << shift) - 1), below + zero
    codes = total + ((rest > half) | ((rest == half) & (total >= 0)))
    return np.clip(codes, 0, 2**bits - 1).astype(np.uint8)
