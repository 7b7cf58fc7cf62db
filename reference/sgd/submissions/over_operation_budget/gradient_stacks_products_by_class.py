"""The scores are stacked from one thin product for each class.

caught by: check_gradient_is_vectorised
message: the budget is 500
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = np.stack([X @ w for w in W], axis=1)
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return (P - Y).T @ X / len(X) + gamma * W
