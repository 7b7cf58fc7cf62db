"""Each entry has the number of its row, and rows have no starts.

caught by: check_sparse_matrices_and_their_products
message: starts of the sparse matrix of
appended to: compression.py
"""


def to_csr(W):
    rows, columns = np.nonzero(W)
    return Csr(
        W[rows, columns].astype(np.float32),
        columns.astype(np.int32),
        rows.astype(np.int32),
        W.shape,
    )
