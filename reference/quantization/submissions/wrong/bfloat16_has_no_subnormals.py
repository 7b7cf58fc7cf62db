"""Numbers below the smallest normal one become 0.

caught by: check_bfloat16_is_the_nearest
message: the bits of bfloat
appended to: integers.py
"""


def to_bfloat16(x):
    bits = np.where(np.abs(x) < np.float32(2.0**-126), 0, x.view(np.uint32))
    rounded = (bits + (0x7FFF + ((bits >> 16) & 1))) >> 16
    return np.where(np.isnan(x), 0x7FC0, rounded).astype(np.uint16)
