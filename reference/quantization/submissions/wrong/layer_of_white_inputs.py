"""The weights are rounded as if no two inputs were correlated.

caught by: check_layer_with_and_without_H
message: the bytes of the codes of a layer with H
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        H = None if H is None else np.diag(np.diag(H))
        super().__init__(W, bias, bits, group, symmetric, H)
