"""Ties are rounded away from 0.

caught by: check_bfloat16_of_the_worked_example
message: the bits of the worked example
appended to: integers.py
"""


def to_bfloat16(x):
    rounded = (x.view(np.uint32).astype(np.uint64) + 0x8000) >> 16
    return np.where(np.isnan(x), 0x7FC0, rounded).astype(np.uint16)
