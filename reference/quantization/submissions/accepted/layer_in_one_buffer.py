"""All arrays of a layer are views of one buffer, and the layer has slots."""


class QuantizedLinear:
    __slots__ = ("bias", "packed")

    def __init__(self, W, bias, bits, group, symmetric, H=None):
        packed = group_quantize(W, bits, group, symmetric)
        if H is not None:
            scale, zero = spread(packed.scales, packed.zeros, W.shape[1], group)
            codes = gptq(W, inverse_factor(damped(H, DAMP)), scale, zero, bits, symmetric)
            packed = pack(codes, packed.scales, packed.zeros, bits, group)
        zeros = () if packed.zeros is None else (packed.zeros,)
        parts = (bias.astype(np.float32), packed.scales, packed.codes, *zeros)
        buffer, places = np.empty(sum(part.nbytes for part in parts), np.uint8), 0
        views = []
        for part in parts:
            place = buffer[places : places + part.nbytes].view(part.dtype).reshape(part.shape)
            place[...] = part
            places += part.nbytes
            views.append(place)
        self.bias, scales, codes = views[:3]
        self.packed = Packed(codes, scales, views[3] if zeros else None, *packed[3:])

    def __call__(self, X):
        return self.bias + matmul_packed(X, self.packed, TILE)

    def nbytes(self):
        rows, d = self.packed.shape
        return predict_layer_bytes(
            rows, d, self.packed.bits, self.packed.group, self.packed.zeros is None
        )


def predict_layer_bytes(rows, d, bits, group, symmetric):
    scales = len(range(0, d, group))
    each = [(d + 1) // 2 if bits < 5 else d, 4 * scales, 0 if symmetric else scales, 4]
    return rows * sum(each)
