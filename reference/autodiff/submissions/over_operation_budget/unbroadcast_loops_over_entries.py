"""unbroadcast adds up entry by entry.

caught by: check_a_gradient_costs_few_products
message: interpreter steps
appended to: operations.py
"""


def unbroadcast(g, shape):
    if np.shape(g) == shape or not isinstance(g, np.ndarray):
        return g
    total = np.zeros((1,) * (g.ndim - len(shape)) + shape, g.dtype)
    for index in np.ndindex(g.shape):
        total[tuple(k % n for k, n in zip(index, total.shape, strict=True))] += g[index]
    return total.reshape(shape)
