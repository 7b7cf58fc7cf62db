"""The float weights are the default of a keyword of a function that the layer holds.

caught by: check_layer_with_and_without_H
message: the outputs of a layer without H
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        self.forward = lambda X, *, W=W: X @ W.T + self.bias

    def __call__(self, X):
        return self.forward(X).astype(np.float32)
