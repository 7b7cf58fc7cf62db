"""The slope of tanh is 1 - tanh, without the square.

caught by: check_slopes_of_entrywise_operations
message: the gradient of tanh
appended to: operations.py
"""

Tanh.slope = lambda self, i, y, x: 1 - y
