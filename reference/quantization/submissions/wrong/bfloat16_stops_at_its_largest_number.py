"""Numbers beyond the largest bfloat16 become the largest one.

caught by: check_bfloat16_of_the_worked_example
message: the bits of the worked example
appended to: integers.py
"""


def to_bfloat16(x):
    bits = x.view(np.uint32)
    rounded = (bits + (0x7FFF + ((bits >> 16) & 1))) >> 16
    beyond = np.isfinite(x) & ((rounded & 0x7FFF) == 0x7F80)
    rounded = np.where(beyond, rounded - 1, rounded)
    return np.where(np.isnan(x), 0x7FC0, rounded).astype(np.uint16)
