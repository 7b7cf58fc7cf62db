"""The entries are stored column by column.

caught by: check_sparse_matrices_and_their_products
message: columns of the sparse matrix of
appended to: compression.py
"""


def to_csr(W):
    columns, rows = np.nonzero(W.T)
    starts = np.searchsorted(columns, np.arange(W.shape[1] + 1)).astype(np.int32)
    return Csr(W[rows, columns].astype(np.float32), rows.astype(np.int32), starts, W.shape)
