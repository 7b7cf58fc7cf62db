"""Empty rows are left out of the product.

caught by: check_sparse_matrices_and_their_products
message: the product of
appended to: compression.py
"""


def csr_matvec(sparse, x):
    products = sparse.values * x.astype(np.float64)[sparse.columns]
    ends = zip(sparse.starts[:-1], sparse.starts[1:], strict=True)
    return np.array([products[start:end].sum() for start, end in ends if end > start])
