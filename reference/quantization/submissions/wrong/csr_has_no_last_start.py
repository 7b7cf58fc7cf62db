"""The starts leave out the end of the last row.

caught by: check_sparse_matrices_and_their_products
message: starts of the sparse matrix of
appended to: compression.py
"""


def to_csr(W):
    rows, columns = np.nonzero(W)
    starts = np.searchsorted(rows, np.arange(len(W))).astype(np.int32)
    return Csr(W[rows, columns].astype(np.float32), columns.astype(np.int32), starts, W.shape)
