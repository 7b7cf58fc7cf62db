"""The lower half of the bits is cut off.

caught by: check_bfloat16_of_the_worked_example
message: the bits of the worked example
appended to: integers.py
"""


def to_bfloat16(x):
    return (x.view(np.uint32) >> 16).astype(np.uint16)
