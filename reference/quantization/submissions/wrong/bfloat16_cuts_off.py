"""The lower half of the bits is cut off.

caught by: (later)
message: (later)
appended to: integers.py
"""


def to_bfloat16(x):
    return (x.view(np.uint32) >> 16).astype(np.uint16)
