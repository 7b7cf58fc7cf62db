"""sorted calls its key for every example; the list of products is a by-product.

caught by: check_gradient_is_vectorised
message: the budget is 500
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    parts = []
    sorted(range(len(X)), key=lambda i: parts.append(np.outer(P[i] - Y[i], X[i])) or i)
    return sum(parts) / len(X) + gamma * W
