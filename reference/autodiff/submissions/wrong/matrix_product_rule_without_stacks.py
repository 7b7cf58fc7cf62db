"""The gradient of a matrix that is shared by a stack is not summed over it.

caught by: check_gradients_of_matrix_products
message: has shape
appended to: linear.py
"""


def _vjp(self, i, g, y, a, b):
    return g @ turned(b) if i == 0 else turned(a) @ g


Matmul.vjp = _vjp
