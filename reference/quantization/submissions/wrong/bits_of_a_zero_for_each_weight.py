"""Every weight has a zero of its own.

caught by: (later)
message: (later)
"""


def predict_bits_per_weight(bits, group, scale_bits, zero_bits):
    return bits + zero_bits + scale_bits / group
