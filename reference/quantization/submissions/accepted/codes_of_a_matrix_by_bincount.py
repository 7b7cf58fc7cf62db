"""Sparse products add up by bincount, and codes by a search for the nearest distance.

appended to: compression.py
"""


def csr_matvec(sparse, x):
    row = np.repeat(np.arange(sparse.shape[0]), np.diff(sparse.starts))
    weights = sparse.values.astype(np.float64) * x[sparse.columns]
    product = np.bincount(row, weights=weights, minlength=sparse.shape[0])
    return product.astype(np.float64)  # of no entries, it counts in whole numbers


def encode(x, codebook):
    above = np.searchsorted(codebook, x).clip(1, max(len(codebook) - 1, 1))
    if len(codebook) == 1:
        return np.zeros(np.shape(x), np.uint8)
    lower, upper = codebook[above - 1], codebook[above]
    return np.where(np.asarray(x) - lower <= upper - x, above - 1, above).astype(np.uint8)


def low_rank(W, r):
    A = np.linalg.svd(W, full_matrices=False)[0][:, :r]
    return A, A.T @ W
