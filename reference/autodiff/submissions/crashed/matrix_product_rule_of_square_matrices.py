"""The factors of a matrix product's gradient stand on the wrong side.

caught by: check_gradients_of_matrix_products
message: ValueError
appended to: linear.py
"""


def _vjp(self, i, g, y, a, b):
    return unbroadcast(turned(b) @ g if i == 0 else g @ turned(a), np.shape((a, b)[i]))


Matmul.vjp = _vjp
