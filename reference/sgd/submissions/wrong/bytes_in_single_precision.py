"""Four bytes a number, where float64 has eight.

caught by: check_predicted_bytes_are_the_traced_ones
message: is off by
"""


def predict_bytes(B, d, c):
    return 4 * (B * c + 2 * c * d)
