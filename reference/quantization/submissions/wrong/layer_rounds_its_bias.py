"""The bias is rounded to codes with a scale of the weights.

caught by: check_layer_with_and_without_H
message: the bias
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        scale = self.packed.scales[:, 0]
        self.bias = (np.rint(bias / scale) * scale).astype(np.float32)
