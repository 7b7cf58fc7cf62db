"""NaN is rounded like a number, and becomes infinity or 0.

caught by: check_nan_stays_nan
message: 8 of 14 NaN are none in bfloat16
appended to: integers.py
"""


def to_bfloat16(x):
    bits = x.view(np.uint32)
    return ((bits + (0x7FFF + ((bits >> 16) & 1))) >> 16).astype(np.uint16)
