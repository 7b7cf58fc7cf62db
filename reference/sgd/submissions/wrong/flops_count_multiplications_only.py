"""A multiplication and its addition are counted as one.

caught by: check_predicted_flops_are_the_counted_ones
message: half: multiplications without their additions, or one product of two
"""


def predict_flops(B, d, c):
    products = ((B, d, c), (c, B, d))
    return sum(m * k * p for m, k, p in products)
