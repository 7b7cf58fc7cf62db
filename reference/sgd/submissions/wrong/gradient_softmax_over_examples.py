"""The softmax normalises over the examples, not over the classes.

caught by: check_gradient_of_the_worked_example
message: the gradient is off
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = np.exp(X @ W.T)
    P = P / P.sum(axis=0, keepdims=True)
    return (P - Y).T @ X / len(X) + gamma * W
