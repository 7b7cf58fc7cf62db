"""The bias is not added.

caught by: (later)
message: (later)
"""


class QuantizedLinear(QuantizedLinear):
    def __call__(self, X):
        return matmul_packed(X, self.packed, TILE)
