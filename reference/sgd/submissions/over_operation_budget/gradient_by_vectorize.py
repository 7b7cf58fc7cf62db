"""np.vectorize is a Python loop by another name.

caught by: check_gradient_is_vectorised
message: the budget is 500
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    surplus = np.vectorize(lambda p, y: p - y)(P, Y)
    return surplus.T @ X / len(X) + gamma * W
