"""An empty row gets the product of the next entry, as reduceat does.

caught by: (later)
message: (later)
appended to: compression.py
"""


def csr_matvec(sparse, x):
    products = np.append(sparse.values * x.astype(np.float64)[sparse.columns], 0.0)
    return np.add.reduceat(products, sparse.starts[:-1])
