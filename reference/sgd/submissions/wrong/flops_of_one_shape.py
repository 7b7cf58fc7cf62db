"""The numbers of the first shape are returned for every shape.

caught by: check_predicted_flops_are_the_counted_ones
message: the same number for every configuration
"""


def predict_flops(B, d, c):
    return 1680
