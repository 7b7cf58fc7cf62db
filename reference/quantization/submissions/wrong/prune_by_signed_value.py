"""The smallest numbers are set to 0, with their signs.

caught by: check_least_magnitudes_are_pruned
message: a sparsity of
appended to: compression.py
"""


def prune(W, sparsity):
    pruned = W.copy()
    pruned.flat[np.argsort(W, axis=None, kind="stable")[: int(sparsity * W.size)]] = 0
    return pruned
