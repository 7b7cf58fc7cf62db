"""The difference 2 - x is computed as x - 2.

caught by: check_constants_stand_on_either_side
message: the sign is turned around
appended to: traced.py
"""

Traced.__rsub__ = Traced.__sub__
