"""The value of relu is computed row by row.

caught by: check_no_rule_loops_over_entries, check_no_tangent_loops_over_entries
message: interpreter steps
appended to: operations.py
"""


class ReLU(ReLU):
    def value(self, x):
        return np.maximum(x, 0) if x.ndim < 2 else np.stack([np.maximum(row, 0) for row in x])
