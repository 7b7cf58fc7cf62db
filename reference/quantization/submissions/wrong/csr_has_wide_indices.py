"""Columns and starts are stored in int64, and values in float64.

caught by: check_sparse_matrices_and_their_products
message: values of the sparse matrix of
appended to: compression.py
"""


def to_csr(W):
    rows, columns = np.nonzero(W)
    starts = np.searchsorted(rows, np.arange(len(W) + 1))
    return Csr(W[rows, columns].astype(np.float64), columns, starts, W.shape)
