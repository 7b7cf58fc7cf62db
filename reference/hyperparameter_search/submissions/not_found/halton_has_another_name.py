"""Halton's function has another name.

caught by: check_first_points_of_halton
message: halton
"""

del halton
