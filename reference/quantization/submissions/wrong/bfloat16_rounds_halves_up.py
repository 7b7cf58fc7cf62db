"""Ties are rounded away from 0.

caught by: (later)
message: (later)
appended to: integers.py
"""


def to_bfloat16(x):
    rounded = (x.view(np.uint32).astype(np.uint64) + 0x8000) >> 16
    return np.where(np.isnan(x), 0x7FC0, rounded).astype(np.uint16)
