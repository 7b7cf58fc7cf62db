"""The (c, d) arrays are forgotten.

caught by: check_predicted_bytes_are_the_traced_ones
message: predict_bytes(30, 750, 40)
"""


def predict_bytes(B, d, c):
    return 8 * B * c
