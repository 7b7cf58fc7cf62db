"""Each share has all of gamma W.

caught by: check_shares_of_three_rows, check_shares_of_other_sizes_and_types
message: is off by
appended to: threads.py
"""


def gradient_into(W, X, Y, gamma, rows, out, work):
    x, y, B = X[rows], Y[rows], len(X)
    P, column = work.P[: len(x)], work.column[: len(x)]
    _softmax(x, W, P, column)
    P -= y
    P /= B
    np.matmul(P.T, x, out=out)
    np.multiply(W, gamma, out=work.regulariser)
    out += work.regulariser


def _softmax(x, W, P, column):
    np.matmul(x, W.T, out=P)
    np.max(P, axis=1, keepdims=True, out=column)
    P -= column
    np.exp(P, out=P)
    np.sum(P, axis=1, keepdims=True, out=column)
    P /= column
