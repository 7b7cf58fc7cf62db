"""The float weights of all layers are in a dict of the module.

caught by: check_many_layers_take_few_bytes
message: the budget is
"""

WEIGHTS = {}


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        WEIGHTS[id(self)] = W.astype(np.float32)
