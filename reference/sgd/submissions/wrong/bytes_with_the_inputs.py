"""The inputs are counted as well.

caught by: check_predicted_bytes_are_the_traced_ones
message: predict_bytes is 688 800 for B = 750, d = 30, c = 40, but
"""


def predict_bytes(B, d, c):
    inputs = B * d + B * c + c * d
    return 8 * (inputs + B * c + 2 * c * d)
