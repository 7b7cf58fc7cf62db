"""np.apply_along_axis goes through the classes; its loop is numpy's own code.

caught by: check_gradient_is_vectorised
message: such as map, sum, np.vectorize
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True) - Y
    return np.apply_along_axis(X.T.dot, 0, P).T / len(X) + gamma * W
