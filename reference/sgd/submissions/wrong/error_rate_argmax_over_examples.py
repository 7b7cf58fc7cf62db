"""argmax runs over the examples, not over the classes.

caught by: check_error_rate_of_four_examples
message: the error rate is off
not recognised: an error rate of a few examples comes out of many mistakes
"""


def error_rate(W, X, Y):
    return float(np.mean((X @ W.T).argmax(axis=0) != Y.argmax(axis=0)))
