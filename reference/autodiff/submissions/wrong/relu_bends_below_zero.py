"""The slope of relu at 0 is 1.

caught by: check_relu_has_slope_zero_at_zero
message: the gradient is not exactly as expected
appended to: operations.py
"""


def _slope(self, i, y, x):
    return plain(x) >= 0


ReLU.slope = _slope
