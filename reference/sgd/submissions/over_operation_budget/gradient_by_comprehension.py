"""A list comprehension over the examples, put into one array at the end.

caught by: check_gradient_is_vectorised
message: the budget is 500
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    parts = np.asarray([np.outer(p - y, x) for p, y, x in zip(P, Y, X, strict=True)])
    return parts.mean(axis=0) + gamma * W
