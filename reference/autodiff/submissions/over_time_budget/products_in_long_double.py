"""The products of the pass back are computed in extended precision.

caught by: check_a_gradient_takes_little_more_than_its_products
message: x yardstick
appended to: linear.py
"""


class Matmul(Matmul):
    def vjp(self, i, g, y, a, b):
        wide = g.astype(np.longdouble) if isinstance(g, np.ndarray) else g
        product = wide @ turned(b) if i == 0 else turned(a) @ wide
        if isinstance(g, np.ndarray):
            product = product.astype(g.dtype)
        return unbroadcast(product, np.shape((a, b)[i]))
