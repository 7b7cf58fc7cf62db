"""The tangent of a product is taken by differences of fourth order: four products.

caught by: check_jvp_costs_few_products
message: operations in products
appended to: linear.py
"""


def _jvp(self, i, t, y, a, b):
    def moved(k):
        return (a + k * t) @ b if i == 0 else a @ (b + k * t)

    return (8 * (moved(1) - moved(-1)) - (moved(2) - moved(-2))) / 12


Matmul.jvp = _jvp
