"""What was selected is added to the gradient one row after the other.

caught by: check_no_rule_loops_over_entries
message: interpreter steps
appended to: linear.py
"""


class Scatter(Scatter):
    def value(self, x, index, shape):
        if not isinstance(index, np.ndarray) or index.ndim != 1:
            return super().value(x, index, shape)
        y = np.zeros(shape, x.dtype)
        for row, k in zip(x, index, strict=True):
            y[k] += row
        return y
