"""The data are centred in place, which changes the caller's array.

caught by: check_gradient_of_the_worked_example
message: read-only
"""


def softmax_xent_grad(W, X, Y, gamma):
    X -= X.mean(axis=0)
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return (P - Y).T @ X / len(X) + gamma * W
