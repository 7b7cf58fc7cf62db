"""The bytes are bits times weights over 8.

caught by: (later)
message: (later)
"""


class QuantizedLinear(QuantizedLinear):
    def nbytes(self):
        rows, d = self.packed.shape
        return rows * d * self.packed.bits // 8 + self.packed.scales.nbytes + self.bias.nbytes
