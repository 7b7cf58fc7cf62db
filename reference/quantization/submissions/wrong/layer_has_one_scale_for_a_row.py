"""With H all groups of a row share one scale.

caught by: check_layer_with_and_without_H
message: the scales of a layer with H
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        if H is None:
            super().__init__(W, bias, bits, group, symmetric)
        else:
            super().__init__(W, bias, bits, W.shape[1], symmetric, H)
