"""The float weights are the default argument of a function that the layer holds.

caught by: check_layer_keeps_no_floats
message: the layer reaches arrays of
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)

        def error(W=W):
            return W - unpack(self.packed)

        self.error = error
