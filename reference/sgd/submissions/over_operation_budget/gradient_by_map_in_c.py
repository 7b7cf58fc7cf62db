"""map over functions of libraries takes no steps at all, but an outer product an example.

caught by: check_gradient_is_vectorised
message: such as map, sum, np.vectorize
"""

import functools


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    total = functools.reduce(np.add, map(np.outer, P - Y, X))
    return total / len(X) + gamma * W
