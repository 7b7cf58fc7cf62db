"""Layers of one shape share the packed weights of the first one.

caught by: (later)
message: (later)
"""

_SEEN = {}


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        self.packed = _SEEN.setdefault((W.shape, bits, group, symmetric, H is None), self.packed)
