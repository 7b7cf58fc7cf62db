"""The weights are unpacked at the first call, and kept for the next ones.

caught by: (later)
message: (later)
"""


class QuantizedLinear(QuantizedLinear):
    def __call__(self, X):
        if not hasattr(self, "unpacked"):
            self.unpacked = unpack(self.packed)
        return X @ self.unpacked.T + self.bias
