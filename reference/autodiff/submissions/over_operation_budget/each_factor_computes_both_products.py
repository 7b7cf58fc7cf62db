"""The rule of a matrix product computes both products for each factor.

caught by: check_a_gradient_costs_few_products
message: operations in products
appended to: linear.py
"""


def _vjp(self, i, g, y, a, b):
    products = g @ turned(b), turned(a) @ g
    return unbroadcast(products[i], np.shape((a, b)[i]))


Matmul.vjp = _vjp
