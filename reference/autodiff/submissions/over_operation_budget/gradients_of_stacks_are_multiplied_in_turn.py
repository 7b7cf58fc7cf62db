"""The gradient of a product of stacks is computed matrix by matrix.

caught by: check_no_rule_loops_over_entries
message: interpreter steps
appended to: linear.py
"""


class Matmul(Matmul):
    def vjp(self, i, g, y, a, b):
        if not isinstance(g, np.ndarray) or not a.ndim == b.ndim == 3 or len(a) != len(b):
            return super().vjp(i, g, y, a, b)
        if i == 0:
            return np.stack([gradient @ right.T for gradient, right in zip(g, b, strict=True)])
        return np.stack([left.T @ gradient for gradient, left in zip(g, a, strict=True)])
