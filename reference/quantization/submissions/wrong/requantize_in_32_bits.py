"""The product of sum and multiplier is computed in 32 bits.

caught by: check_requantize_of_the_worked_example, check_sums_are_rounded_once
message: the codes of halves
appended to: integers.py
"""


def requantize(acc, multiplier, shift, zero, bits):
    product = (acc * np.int32(multiplier)).astype(np.int64)
    steps = np.sign(product) * ((np.abs(product) + (1 << (shift - 1))) >> shift)
    return np.clip(steps + zero, 0, 2**bits - 1).astype(np.uint8)
