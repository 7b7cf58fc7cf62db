"""The bytes are those of Python's objects, with their headers.

caught by: check_layer_of_the_worked_example
message: expected 22
"""

import sys


class QuantizedLinear(QuantizedLinear):
    def nbytes(self):
        return sum(sys.getsizeof(array) for array in (*self.packed[:3], self.bias))
