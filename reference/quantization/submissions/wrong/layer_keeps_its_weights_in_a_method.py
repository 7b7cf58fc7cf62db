"""The layer holds a method of another object, which has the float weights.

caught by: check_layer_keeps_no_floats
message: the layer reaches arrays of
"""


class Float:
    def __init__(self, W):
        self.W = W.astype(np.float32)

    def multiply(self, X):
        return X @ self.W.T


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        self.exact = Float(W).multiply
