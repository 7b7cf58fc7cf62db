"""The layer keeps H.

caught by: check_layer_keeps_no_floats
message: layer.H: float64
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        self.H = H
