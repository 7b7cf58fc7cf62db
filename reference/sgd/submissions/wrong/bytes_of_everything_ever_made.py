"""Arrays that are gone before the last one is made are counted too.

caught by: check_predicted_bytes_are_the_traced_ones
message: predict_bytes is 988 800 for B = 750, d = 30, c = 40, but
"""


def predict_bytes(B, d, c):
    return 8 * (4 * B * c + 3 * c * d)
