"""Arrays that are gone before the last one is made are counted too.

caught by: check_predicted_bytes_are_the_traced_ones
message: predict_bytes(750, 30, 40)
"""


def predict_bytes(B, d, c):
    return 8 * (4 * B * c + 3 * c * d)
