"""The regulariser is divided by the number of examples as well.

caught by: check_gradient_of_the_worked_example
message: the gradient is off
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return ((P - Y).T @ X + gamma * W) / len(X)
