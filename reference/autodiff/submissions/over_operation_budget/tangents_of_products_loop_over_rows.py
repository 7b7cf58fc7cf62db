"""The tangent of a matrix product is computed row by row.

caught by: check_no_tangent_loops_over_entries
message: interpreter steps
appended to: linear.py
"""


class Matmul(Matmul):
    def jvp(self, i, t, y, a, b):
        if i == 1 or not isinstance(t, np.ndarray) or t.ndim > 2 or b.ndim > 2:
            return super().jvp(i, t, y, a, b)
        return np.stack([row @ b for row in t])
