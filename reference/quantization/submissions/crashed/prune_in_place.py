"""The entries of the caller are set to 0.

caught by: check_least_magnitudes_are_pruned
message: read-only
appended to: compression.py
"""


def prune(W, sparsity):
    least = np.argsort(np.abs(W), axis=None, kind="stable")[: int(sparsity * W.size)]
    W.flat[least] = 0
    return W
