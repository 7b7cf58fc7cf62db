"""All entries with the magnitude of the last one are set to 0.

caught by: check_least_magnitudes_are_pruned
message: a sparsity of
appended to: compression.py
"""


def prune(W, sparsity):
    count = int(sparsity * W.size)
    if count == 0:
        return W.copy()
    return np.where(np.abs(W) <= np.sort(np.abs(W), axis=None)[count - 1], 0, W).astype(W.dtype)
