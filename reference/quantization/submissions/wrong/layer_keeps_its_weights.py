"""The layer keeps its float weights in an attribute.

caught by: check_layer_keeps_no_floats
message: the layer reaches arrays of
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        self.original_layer = W, bias
