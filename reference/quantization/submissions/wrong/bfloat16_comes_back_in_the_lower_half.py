"""The bits of a bfloat16 become the lower half of a float32.

caught by: check_bfloat16_of_the_worked_example
message: the worked example, as bits of float
appended to: integers.py
"""


def from_bfloat16(bits):
    return bits.astype(np.uint32).view(np.float32)
