"""A NaN with low bits only becomes infinity.

caught by: check_nan_stays_nan
message: 10 of 14 NaN are none in bfloat16
appended to: integers.py
"""


def to_bfloat16(x):
    bits = x.view(np.uint32)
    rounded = (bits + (0x7FFF + ((bits >> 16) & 1))) >> 16
    return np.where(np.isnan(x), bits >> 16, rounded).astype(np.uint16)
