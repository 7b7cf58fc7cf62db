"""The entries of the caller are set to 0.

caught by: (later)
message: (later)
appended to: compression.py
"""


def prune(W, sparsity):
    least = np.argsort(np.abs(W), axis=None, kind="stable")[: int(sparsity * W.size)]
    W.flat[least] = 0
    return W
