"""Scales and zeros are not counted.

caught by: (later)
message: (later)
"""


def predict_bits_per_weight(bits, group, scale_bits, zero_bits):
    return float(bits)
