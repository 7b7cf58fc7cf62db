"""The bytes are those of the codes alone.

caught by: check_layer_of_the_worked_example
message: nbytes() is 3, expected 22
"""


class QuantizedLinear(QuantizedLinear):
    def nbytes(self):
        return self.packed.codes.nbytes
