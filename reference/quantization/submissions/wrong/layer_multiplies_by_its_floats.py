"""The layer multiplies by its float weights, and its packed weights are for show.

caught by: check_layer_with_and_without_H
message: the outputs of a layer without H
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        self.weights = W.astype(np.float32)

    def __call__(self, X):
        return X @ self.weights.T + self.bias
