"""np.asarray and plain lists: what is no array any more is looped over all the same.

caught by: check_gradient_is_vectorised
message: the budget is 500
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    surplus, rows = np.asarray(P - Y).tolist(), np.asarray(X).tolist()
    total = np.zeros(W.shape)
    for s, x in zip(surplus, rows, strict=True):
        total += np.outer(s, x)
    return total / len(X) + gamma * W
