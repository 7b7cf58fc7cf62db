"""The result has the bytes for each operation.

caught by: (later)
message: (later)
"""


def predict_flops_per_byte(bits_per_weight):
    return bits_per_weight / 8 / 2
