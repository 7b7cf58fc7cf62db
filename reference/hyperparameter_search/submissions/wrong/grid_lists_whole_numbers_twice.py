"""A range of few whole numbers is listed more than once.

caught by: check_grid_lists_nothing_twice
message: the grid
appended to: spaces.py
"""


def _axis(span, k):
    kind, *values = span
    return values if kind == "choice" else [value_at(span, (i + 0.5) / k) for i in range(k)]
