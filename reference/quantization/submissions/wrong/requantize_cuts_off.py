"""The magnitude is shifted without half a code, which cuts the quotient off towards 0.

caught by: check_requantize_of_the_worked_example, check_sums_are_rounded_once
message: the codes of halves
appended to: integers.py
"""


def requantize(acc, multiplier, shift, zero, bits):
    product = acc.astype(np.int64) * multiplier
    steps = np.sign(product) * (np.abs(product) >> shift)
    return np.clip(steps + zero, 0, 2**bits - 1).astype(np.uint8)
