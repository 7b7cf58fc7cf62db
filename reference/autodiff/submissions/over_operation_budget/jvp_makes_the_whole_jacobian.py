"""The whole Jacobian is made, a column a run, and multiplied.

caught by: check_jvp_costs_few_products
message: operations in products
appended to: forward.py
"""

_column = jvp


def jvp(f, x, v):
    x, total = np.asarray(x, dtype=float), 0.0
    for k in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[k] = 1.0
        if np.ndim(v):
            y, column = _column(f, x, e)
            total = total + column * v[k]
    return (y, total) if np.ndim(v) else _column(f, x, v)
