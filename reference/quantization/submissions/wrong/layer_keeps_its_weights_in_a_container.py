"""The float weights are kept in a list of a dict.

caught by: check_layer_keeps_no_floats
message: the layer reaches arrays of
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        self.settings = {"bits": bits, "made of": [(W, bias)]}
