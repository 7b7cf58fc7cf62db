"""The operations are those for each bit.

caught by: (later)
message: (later)
"""


def predict_flops_per_byte(bits_per_weight):
    return 2 / bits_per_weight
