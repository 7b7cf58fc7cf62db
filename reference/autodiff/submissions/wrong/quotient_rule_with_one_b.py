"""The slope of a / b by b is divided by b, not by its square.

caught by: check_slopes_of_entrywise_operations
message: the gradient of truediv
appended to: operations.py
"""


def _slope(self, i, y, a, b):
    return 1 / b if i == 0 else -a / b


Divide.slope = _slope
