"""Besides the packed codes the layer keeps one byte for each.

caught by: check_layer_keeps_no_floats
message: the layer reaches arrays of
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        scale, zero = spread(self.packed.scales, self.packed.zeros, W.shape[1], group)
        self.codes = quantize(unpack(self.packed), scale, zero, bits, symmetric)
