"""Of equal scores the last class is taken.

caught by: check_error_rate_agrees_with_a_plain_loop
message: the error rate with equal scores is off
not recognised: an error rate of a few examples comes out of many mistakes
"""


def error_rate(W, X, Y):
    last = (X @ W.T)[:, ::-1].argmax(axis=1)
    return float(np.mean(len(W) - 1 - last != Y.argmax(axis=1)))
