"""The slope of a power keeps its exponent.

caught by: check_slopes_of_entrywise_operations
message: the gradient of pow
appended to: operations.py
"""

Power.slope = lambda self, i, y, x, exponent: exponent * x**exponent
