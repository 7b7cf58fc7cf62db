"""Layers of one shape share the packed weights of the first one.

caught by: check_layer_with_and_without_H, check_network_is_quantized_layer_after_layer
message: the scales of a later layer of the same shape
"""

_SEEN = {}


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        self.packed = _SEEN.setdefault((W.shape, bits, group, symmetric, H is None), self.packed)
