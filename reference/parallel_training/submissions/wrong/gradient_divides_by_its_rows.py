"""Each share is divided by its own number of rows.

caught by: check_shares_of_three_rows, check_shares_add_up_to_the_gradient
message: is off by
appended to: threads.py
"""


def gradient_into(W, X, Y, gamma, rows, out, work):
    x, y = X[rows], Y[rows]
    b = len(x)
    P, column = work.P[:b], work.column[:b]
    np.matmul(x, W.T, out=P)
    np.max(P, axis=1, keepdims=True, out=column)
    P -= column
    np.exp(P, out=P)
    np.sum(P, axis=1, keepdims=True, out=column)
    P /= column
    P -= y
    P /= max(b, 1)
    np.matmul(P.T, x, out=out)
    np.multiply(W, gamma * b / len(X), out=work.regulariser)
    out += work.regulariser
