"""A generator inside sum is a Python loop by another name.

caught by: check_gradient_is_vectorised
message: the budget is 500
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    parts = (np.outer(P[i] - Y[i], X[i]) for i in range(len(X)))
    return sum(parts) / len(X) + gamma * W
