"""Four bytes are counted for a number, where float64 has eight.

caught by: check_predicted_bytes_are_the_traced_ones
message: half: 4 bytes a number where there are 8, or one array of two
"""


def predict_bytes(B, d, c):
    return 4 * (B * c + 2 * c * d)
