"""Only the scores are counted, not the product that gives the gradient.

caught by: check_predicted_flops_are_the_counted_ones
message: predict_flops(12, 7, 5) is 840, expected 1680
"""


def predict_flops(B, d, c):
    return 2 * B * c * d
