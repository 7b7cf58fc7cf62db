"""The slope of a / b by b lacks its minus.

caught by: check_slopes_of_entrywise_operations
message: the sign is turned around
appended to: operations.py
"""


def _slope(self, i, y, a, b):
    return 1 / b if i == 0 else y / b


Divide.slope = _slope
