"""The slope of relu is that where the output is not negative, which is everywhere.

caught by: check_slopes_of_entrywise_operations, check_relu_has_slope_zero_at_zero
message: the gradient of relu
appended to: operations.py
"""


def _slope(self, i, y, x):
    return plain(y) >= 0


ReLU.slope = _slope
