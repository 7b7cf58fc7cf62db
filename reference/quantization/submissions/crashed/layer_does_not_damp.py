"""H is not damped, and an input that is always 0 makes it singular.

caught by: check_layer_with_and_without_H
message: LinAlgError
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric)
        if H is not None:
            scale, zero = spread(self.packed.scales, self.packed.zeros, W.shape[1], group)
            codes = gptq(W, inverse_factor(H), scale, zero, bits, symmetric)
            self.packed = pack(codes, self.packed.scales, self.packed.zeros, bits, group)
