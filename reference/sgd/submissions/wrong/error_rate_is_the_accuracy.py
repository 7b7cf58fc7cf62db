"""The share of right predictions is returned instead of wrong ones.

caught by: check_error_rate_of_four_examples
message: got 0.25, expected 0.75
not recognised: an error rate of a few examples comes out of many mistakes
"""


def error_rate(W, X, Y):
    return float(np.mean((X @ W.T).argmax(axis=1) == Y.argmax(axis=1)))
