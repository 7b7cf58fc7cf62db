"""A cost as a negative number.

caught by: check_predicted_flops_are_the_counted_ones
message: is -1680, expected at least 0
not recognised: the check stops at its first number, and four digits are too few
"""


def predict_flops(B, d, c):
    return -4 * B * c * d
