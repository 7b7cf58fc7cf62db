"""The bits are those of float16.

caught by: check_bfloat16_of_the_worked_example
message: the bits of the worked example
appended to: integers.py
"""


def to_bfloat16(x):
    with np.errstate(over="ignore"):
        return x.astype(np.float16).view(np.uint16)


def from_bfloat16(bits):
    return bits.view(np.float16).astype(np.float32)
