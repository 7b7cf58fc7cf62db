"""functools.reduce with a lambda is a Python loop by another name.

caught by: check_gradient_is_vectorised
message: the budget is 500
"""

import functools


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    start = np.zeros(W.shape)
    pairs = zip(P - Y, X, strict=True)
    total = functools.reduce(lambda so_far, pair: so_far + np.outer(*pair), pairs, start)
    return total / len(X) + gamma * W
