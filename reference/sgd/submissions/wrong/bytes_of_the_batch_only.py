"""The (c, d) arrays are forgotten.

caught by: check_predicted_bytes_are_the_traced_ones
message: predict_bytes is 9 600 for B = 30, d = 750, c = 40, but
"""


def predict_bytes(B, d, c):
    return 8 * B * c
