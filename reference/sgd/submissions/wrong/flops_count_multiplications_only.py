"""A multiplication and its addition are counted as one.

caught by: check_predicted_flops_are_the_counted_ones
message: predict_flops(12, 7, 5) is 840, expected 1680
"""


def predict_flops(B, d, c):
    products = ((B, d, c), (c, B, d))
    return sum(m * k * p for m, k, p in products)
