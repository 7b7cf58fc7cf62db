"""The probabilities are subtracted from the labels, and only the regulariser has its sign.

caught by: check_gradient_of_the_worked_example
message: got 0.8, expected -0.8
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = np.exp(X @ W.T - (X @ W.T).max(axis=1, keepdims=True))
    residual = Y - P / P.sum(axis=1, keepdims=True)
    return residual.T @ X / len(X) + gamma * W
