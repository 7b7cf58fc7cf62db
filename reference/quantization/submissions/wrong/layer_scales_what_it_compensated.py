"""Scales come from the weights after compensation.

caught by: check_layer_with_and_without_H
message: the scales of a layer with H
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        if H is not None:
            self.packed = group_quantize(unpack(self.packed), bits, group, symmetric)
