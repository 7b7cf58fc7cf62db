"""The slope of a power is its value times the exponent over the argument, 0 / 0 at 0.

caught by: check_slopes_of_entrywise_operations
message: NaN or infinite
appended to: operations.py
"""

Power.slope = lambda self, i, y, x, exponent: exponent * y / x
