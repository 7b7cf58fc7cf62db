"""The codes are a kind of array that has the float weights as an attribute.

caught by: check_layer_of_the_worked_example
message: the check's program layer
not recognised: its answers are right; the message says what is kept
"""


class Weights(np.ndarray):
    pass


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        codes = self.packed.codes.view(Weights)
        codes.original = W.astype(np.float32)
        self.packed = self.packed._replace(codes=codes)
