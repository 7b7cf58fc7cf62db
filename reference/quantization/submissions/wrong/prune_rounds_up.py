"""The number of entries that are set to 0 is rounded up.

caught by: check_least_magnitudes_are_pruned
message: a matrix of
appended to: compression.py
"""


def prune(W, sparsity):
    pruned = W.copy()
    count = int(np.ceil(sparsity * W.size))
    pruned.flat[np.argsort(np.abs(W), axis=None, kind="stable")[:count]] = 0
    return pruned
