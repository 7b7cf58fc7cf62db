"""Only multiplications are counted.

caught by: (later)
message: (later)
"""


def predict_flops_per_byte(bits_per_weight):
    return 8 / bits_per_weight
