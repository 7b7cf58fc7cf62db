"""Which entries of a row are its largest is asked row by row.

caught by: check_no_rule_loops_over_entries, check_no_tangent_loops_over_entries
message: interpreter steps
appended to: linear.py
"""

_at_once = shares


def shares(y, x, axis):
    x = plain(x)
    if x.ndim != 2 or axis not in (1, -1):
        return _at_once(y, x, axis)
    largest = np.stack([row == row.max() for row in x])
    return largest / largest.sum(axis=1, keepdims=True, dtype=x.dtype)
