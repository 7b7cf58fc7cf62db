"""Of equal magnitudes those that come last are set to 0.

caught by: check_least_magnitudes_are_pruned
message: a sparsity of
appended to: compression.py
"""


def prune(W, sparsity):
    pruned = W.copy()
    order = np.argsort(np.abs(W).ravel()[::-1], kind="stable")
    pruned.flat[W.size - 1 - order[: int(sparsity * W.size)]] = 0
    return pruned
