"""The float weights of all layers are in a dict of the class.

caught by: (later)
message: (later)
"""


class QuantizedLinear(QuantizedLinear):
    weights = {}  # noqa: RUF012

    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        self.weights[id(self)] = W.astype(np.float32)
