"""The bias is not added.

caught by: check_layer_of_the_worked_example
message: the outputs
"""


class QuantizedLinear(QuantizedLinear):
    def __call__(self, X):
        return matmul_packed(X, self.packed, TILE)
