"""The bias stays in float64.

caught by: check_layer_of_the_worked_example
message: the bias has dtype float
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        self.bias = bias.astype(np.float64)
