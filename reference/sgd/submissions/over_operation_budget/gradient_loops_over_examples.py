"""A Python loop adds up the gradients of the examples.

caught by: check_gradient_is_vectorised
message: the budget is 500
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    gradient = gamma * W
    for i in range(len(X)):
        gradient = gradient + np.outer(P[i] - Y[i], X[i]) / len(X)
    return gradient
