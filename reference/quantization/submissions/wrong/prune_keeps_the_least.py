"""The share says how many entries are kept.

caught by: check_least_magnitudes_are_pruned
message: a sparsity of
appended to: compression.py
"""


def prune(W, sparsity):
    pruned = W.copy()
    count = W.size - int(sparsity * W.size)
    pruned.flat[np.argsort(np.abs(W), axis=None, kind="stable")[:count]] = 0
    return pruned
