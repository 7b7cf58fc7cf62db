"""np.apply_along_axis with a lambda is a Python loop by another name.

caught by: check_gradient_is_vectorised
message: the budget is 500
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    c, both = W.shape[0], np.hstack([P - Y, X])
    parts = np.apply_along_axis(lambda row: np.outer(row[:c], row[c:]), 1, both)
    return parts.mean(axis=0) + gamma * W
