"""The bytes are those of the codes alone.

caught by: (later)
message: (later)
"""


class QuantizedLinear(QuantizedLinear):
    def nbytes(self):
        return self.packed.codes.nbytes
