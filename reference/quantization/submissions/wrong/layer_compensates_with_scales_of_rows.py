"""With H the codes belong to one scale for each row, and the stored scales to groups.

caught by: check_layer_with_and_without_H
message: the bytes of the codes of a layer with H
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric)
        if H is not None:
            d = W.shape[1]
            scale, zero = spread(*group_parameters(W, bits, d, symmetric), d, d)
            codes = gptq(W, inverse_factor(damped(H, DAMP)), scale, zero, bits, symmetric)
            self.packed = pack(codes, self.packed.scales, self.packed.zeros, bits, group)
