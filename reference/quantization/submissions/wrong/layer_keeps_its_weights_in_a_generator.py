"""The float weights are kept in the frame of a generator that waits.

caught by: check_layer_keeps_no_floats
message: the layer reaches arrays of
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        self.products = self.multiply(W.astype(np.float32))
        next(self.products)

    def multiply(self, W):
        product = None
        while True:
            product = W @ (yield product)
