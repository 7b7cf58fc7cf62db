"""Weights are rounded to the nearest, whatever H is, as by a calibration that never happens.

caught by: (later)
message: (later)
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric)
