"""The labels are subtracted into a new array.

caught by: check_gradient_allocates_nothing
message: the budget is
appended to: threads.py
"""


def gradient_into(W, X, Y, gamma, rows, out, work):
    x, y, B = X[rows], Y[rows], len(X)
    b = len(x)
    P, column = work.P[:b], work.column[:b]
    np.matmul(x, W.T, out=P)
    np.max(P, axis=1, keepdims=True, out=column)
    P -= column
    np.exp(P, out=P)
    np.sum(P, axis=1, keepdims=True, out=column)
    P /= column
    P = P - y
    P /= B
    np.matmul(P.T, x, out=out)
    np.multiply(W, gamma * b / B, out=work.regulariser)
    out += work.regulariser
