"""The (c, d) arrays are forgotten.

caught by: check_predicted_bytes_are_the_traced_ones
message: predicted 9 600, measured
"""


def predict_bytes(B, d, c):
    return 8 * B * c
