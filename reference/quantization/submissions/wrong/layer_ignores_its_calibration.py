"""Weights are rounded to the nearest, whatever H is, as by a calibration that never happens.

caught by: check_layer_with_and_without_H
message: the bytes of the codes of a layer with H
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric)
