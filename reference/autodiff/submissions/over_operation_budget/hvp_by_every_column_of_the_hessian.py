"""The Hessian is made column by column, and multiplied.

caught by: check_hessian_products_of_a_network
message: operations in products
appended to: forward.py
"""


def hvp(f, x, v):
    product = np.zeros(np.shape(x))
    for k in np.ndindex(np.shape(x)):
        e = np.zeros(np.shape(x))
        e[k] = 1.0
        product = product + jvp(grad(f), x, e)[1] * v[k]
    return product
