"""The share of right predictions is returned instead of wrong ones.

caught by: check_error_rate_of_four_examples
message: looks like: 1 minus the right number
not recognised: an error rate of a few examples comes out of many mistakes
"""


def error_rate(W, X, Y):
    return float(np.mean((X @ W.T).argmax(axis=1) == Y.argmax(axis=1)))
