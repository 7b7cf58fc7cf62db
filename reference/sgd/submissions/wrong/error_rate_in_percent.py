"""The error rate is given in percent.

caught by: check_error_rate_of_four_examples
message: got 75, expected 0.75
not recognised: an error rate of a few examples comes out of many mistakes
"""


def error_rate(W, X, Y):
    return float(100 * np.mean((X @ W.T).argmax(axis=1) != Y.argmax(axis=1)))
