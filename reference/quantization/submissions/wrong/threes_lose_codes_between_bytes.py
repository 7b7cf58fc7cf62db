"""A code that stands in two bytes loses the bits in the second one.

caught by: check_threes_of_the_worked_example, check_threes_come_back
message: the codes of [
appended to: uniform.py
"""


def unpack_threes(packed, d):
    first = 3 * np.arange(d)
    return packed[:, first // 8] >> (first % 8).astype(np.uint8) & 7
