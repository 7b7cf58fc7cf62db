"""Each row loses the same share of its entries.

caught by: check_least_magnitudes_are_pruned
message: a sparsity of
appended to: compression.py
"""


def prune(W, sparsity):
    pruned = W.copy()
    for row in pruned:
        row[np.argsort(np.abs(row), kind="stable")[: int(sparsity * row.size)]] = 0
    return pruned
