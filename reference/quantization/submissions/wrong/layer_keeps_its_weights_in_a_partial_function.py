"""The float weights are an argument of a partial function.

caught by: check_layer_keeps_no_floats
message: the layer reaches arrays of
"""

from functools import partial


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        self.error = partial(np.subtract, W.astype(np.float32))
