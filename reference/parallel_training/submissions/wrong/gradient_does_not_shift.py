"""No maximum is subtracted before exp.

caught by: check_shares_of_large_scores
message: NaN or infinite
not recognised: what is not a number says nothing
appended to: threads.py
"""


def gradient_into(W, X, Y, gamma, rows, out, work):
    x, y, B = X[rows], Y[rows], len(X)
    b = len(x)
    P, column = work.P[:b], work.column[:b]
    np.matmul(x, W.T, out=P)
    np.exp(P, out=P)
    np.sum(P, axis=1, keepdims=True, out=column)
    P /= column
    P -= y
    P /= B
    np.matmul(P.T, x, out=out)
    np.multiply(W, gamma * b / B, out=work.regulariser)
    out += work.regulariser
