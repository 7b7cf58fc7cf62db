"""The weights are unpacked at the first call, and kept for the next ones.

caught by: check_layer_keeps_no_floats
message: the layer reaches arrays of
"""


class QuantizedLinear(QuantizedLinear):
    def __call__(self, X):
        if not hasattr(self, "unpacked"):
            self.unpacked = unpack(self.packed)
        return X @ self.unpacked.T + self.bias
