"""Each expression makes an array of its own.

caught by: check_gradient_allocates_nothing
message: the budget is
appended to: threads.py
"""


def gradient_into(W, X, Y, gamma, rows, out, work):
    x, y, B = X[rows], Y[rows], len(X)
    Z = x @ W.T
    P = np.exp(Z - Z.max(axis=1, keepdims=True, initial=-np.inf))
    P = P / P.sum(axis=1, keepdims=True)
    out[:] = (P - y).T @ x / B + gamma * len(x) / B * W
