"""The tangent of a product lacks its second term.

caught by: check_tangent_of_the_worked_example
message: the tangent
appended to: operations.py
"""

Multiply.jvp = lambda self, i, t, y, a, b: b * t if i == 0 else 0 * t
