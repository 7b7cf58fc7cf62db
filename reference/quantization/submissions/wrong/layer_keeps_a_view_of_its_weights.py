"""An attribute is one row of the float weights, whose base is all of them.

caught by: check_layer_keeps_no_floats
message: the layer reaches arrays of
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        self.first = W.astype(np.float32)[:1]
