"""The bytes are those of Python's objects, with their headers.

caught by: (later)
message: (later)
"""

import sys


class QuantizedLinear(QuantizedLinear):
    def nbytes(self):
        return sum(sys.getsizeof(array) for array in (*self.packed[:3], self.bias))
