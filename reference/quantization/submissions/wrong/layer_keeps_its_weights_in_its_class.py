"""The float weights of all layers are in a dict of the class.

caught by: check_layer_keeps_no_floats
message: the layer reaches arrays of
not recognised: its answers are right; the message says what is kept
"""


class QuantizedLinear(QuantizedLinear):
    weights = {}  # noqa: RUF012

    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        self.weights[id(self)] = W.astype(np.float32)
