"""The bytes of the bias are left out.

caught by: (later)
message: (later)
"""


class QuantizedLinear(QuantizedLinear):
    def nbytes(self):
        packed = self.packed
        zeros = 0 if packed.zeros is None else packed.zeros.nbytes
        return packed.codes.nbytes + packed.scales.nbytes + zeros
