"""The matrix is made full again.

caught by: check_sparse_product_makes_no_dense_matrix
message: the budget is
appended to: compression.py
"""


def csr_matvec(sparse, x):
    W = np.zeros(sparse.shape)
    rows = np.repeat(np.arange(sparse.shape[0]), np.diff(sparse.starts))
    W[rows, sparse.columns] = sparse.values
    return W @ x
