"""Compensation uses the Cholesky factor of H instead of that of its inverse.

caught by: check_layer_with_and_without_H
message: the bytes of the codes of a layer with H
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric)
        if H is not None:
            scale, zero = spread(self.packed.scales, self.packed.zeros, W.shape[1], group)
            U = np.linalg.cholesky(damped(H, DAMP)).T
            codes = gptq(W, U, scale, zero, bits, symmetric)
            self.packed = pack(codes, self.packed.scales, self.packed.zeros, bits, group)
