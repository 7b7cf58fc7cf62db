"""The mean is taken over the classes; in the worked example n = c hides it.

caught by: check_gradient_is_the_derivative_of_the_loss
message: the gradient is off
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return (P - Y).T @ X / W.shape[0] + gamma * W
