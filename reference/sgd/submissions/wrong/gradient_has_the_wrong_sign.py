"""The gradient points uphill.

caught by: check_gradient_of_the_worked_example
message: the sign is turned around
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return (Y - P).T @ X / len(X) - gamma * W
