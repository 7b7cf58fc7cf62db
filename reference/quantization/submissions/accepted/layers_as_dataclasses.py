"""A layer is a dataclass, a calibration has slots, and networks are folded from functions."""

from dataclasses import InitVar, dataclass, field
from functools import reduce


@dataclass(eq=False)
class QuantizedLinear:
    W: InitVar[Array]
    bias: Array
    bits: InitVar[int]
    group: InitVar[int]
    symmetric: InitVar[bool]
    H: InitVar[Array | None] = None
    packed: Packed = field(init=False)

    def __post_init__(self, W, bits, group, symmetric, H):
        self.bias = np.array(self.bias, np.float32)
        self.packed = group_quantize(W, bits, group, symmetric)
        if H is not None:
            scales, zeros = self.packed.scales, self.packed.zeros
            steps = spread(scales, zeros, W.shape[1], group)
            codes = gptq(W, inverse_factor(damped(H, DAMP)), *steps, bits, symmetric)
            self.packed = pack(codes, scales, zeros, bits, group)

    def __call__(self, X):
        outputs = matmul_packed(X, self.packed, TILE)
        outputs += self.bias
        return outputs

    def nbytes(self):
        parts = [*self.packed, self.bias]
        return sum(part.nbytes for part in parts if isinstance(part, np.ndarray))


class Calibration:
    __slots__ = ("H",)

    def __init__(self, d):
        self.H = np.zeros((d, d), np.float64)

    def update(self, X):
        X = np.asarray(X, np.float64)
        np.add(self.H, np.dot(X.T, X), out=self.H)


def forward(layers, X):
    *hidden, last = layers
    return last(reduce(lambda A, layer: layer(A).clip(min=0), hidden, X))
