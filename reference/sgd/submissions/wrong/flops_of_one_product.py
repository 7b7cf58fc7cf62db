"""Only the scores are counted, not the product that gives the gradient.

caught by: check_predicted_flops_are_the_counted_ones
message: predict_flops is 840 for B = 12, d = 7, c = 5, but 1 680 FLOPs were measured
"""


def predict_flops(B, d, c):
    return 2 * B * c * d
