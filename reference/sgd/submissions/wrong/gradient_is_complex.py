"""The gradient is right, but complex.

caught by: check_gradient_of_the_worked_example
message: the gradient is complex, expected real numbers
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = np.exp(X @ W.T - (X @ W.T).max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return ((P - Y).T @ X / len(X) + gamma * W).astype(complex)
