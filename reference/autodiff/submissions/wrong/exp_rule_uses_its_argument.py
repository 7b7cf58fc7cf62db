"""The slope of exp is its argument.

caught by: check_slopes_of_entrywise_operations
message: the gradient of exp
appended to: operations.py
"""

Exp.slope = lambda self, i, y, x: x
