"""The slope of log is one over its value.

caught by: check_slopes_of_entrywise_operations
message: the gradient of log
appended to: operations.py
"""

Log.slope = lambda self, i, y, x: 1 / y
