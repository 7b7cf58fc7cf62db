"""A loop hidden in a lambda that is called once.

caught by: check_gradient_is_vectorised
message: the budget is 500
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    total = (lambda S, Z: sum([np.outer(s, z) for s, z in zip(S, Z, strict=True)]))(P - Y, X)
    return total / len(X) + gamma * W
