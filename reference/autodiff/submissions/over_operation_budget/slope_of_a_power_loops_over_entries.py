"""The slope of a power is computed entry by entry.

caught by: check_no_rule_loops_over_entries, check_no_tangent_loops_over_entries
message: interpreter steps
appended to: operations.py
"""


class Power(Power):
    def slope(self, i, y, x, exponent):
        if not isinstance(x, np.ndarray):
            return exponent * x ** (exponent - 1)
        slopes = [exponent * entry ** (exponent - 1) for entry in x.ravel()]
        return np.array(slopes, x.dtype).reshape(x.shape)
