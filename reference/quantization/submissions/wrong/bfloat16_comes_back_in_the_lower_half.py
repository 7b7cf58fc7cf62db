"""The bits of a bfloat16 become the lower half of a float32.

caught by: (later)
message: (later)
appended to: integers.py
"""


def from_bfloat16(bits):
    return bits.astype(np.uint32).view(np.float32)
