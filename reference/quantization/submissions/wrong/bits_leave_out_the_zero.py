"""The zero of a group is not counted.

caught by: (later)
message: (later)
"""


def predict_bits_per_weight(bits, group, scale_bits, zero_bits):
    return bits + scale_bits / group
