"""An empty row gets the product of the next entry, as reduceat does.

caught by: check_sparse_matrices_and_their_products
message: the product of
appended to: compression.py
"""


def csr_matvec(sparse, x):
    products = np.append(sparse.values * x.astype(np.float64)[sparse.columns], 0.0)
    return np.add.reduceat(products, sparse.starts[:-1])
