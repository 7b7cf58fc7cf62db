"""The bits are those of float16.

caught by: (later)
message: (later)
appended to: integers.py
"""


def to_bfloat16(x):
    with np.errstate(over="ignore"):
        return x.astype(np.float16).view(np.uint16)


def from_bfloat16(bits):
    return bits.view(np.float16).astype(np.float32)
