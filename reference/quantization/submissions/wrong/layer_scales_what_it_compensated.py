"""Scales come from the weights after compensation.

caught by: (later)
message: (later)
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        if H is not None:
            self.packed = group_quantize(unpack(self.packed), bits, group, symmetric)
