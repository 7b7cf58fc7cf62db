"""The codes are a view of a larger array, which also holds the float weights.

caught by: check_layer_keeps_no_floats
message: the layer reaches arrays of
"""


class QuantizedLinear(QuantizedLinear):
    def __init__(self, W, bias, bits, group, symmetric, H=None):
        super().__init__(W, bias, bits, group, symmetric, H)
        rows, stored = len(W), self.packed.codes.shape[1]
        whole = np.empty((rows, stored + 8 * W.shape[1]), np.uint8)
        whole[:, :stored] = self.packed.codes
        whole[:, stored:] = np.ascontiguousarray(W, np.float64).view(np.uint8)
        self.packed = self.packed._replace(codes=whole[:, :stored])
