"""The gradients of all examples stand in one (n, c, d) array before they are averaged.

caught by: check_gradient_makes_no_array_as_large_as_the_batch
message: the budget is
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return ((P - Y)[:, :, None] * X[:, None, :]).mean(axis=0) + gamma * W
