"""A Python loop over the classes makes many thin products of one.

caught by: check_gradient_is_vectorised
message: the budget is 500
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    rows = []
    for k in range(W.shape[0]):
        surplus = P[:, k] - Y[:, k]
        rows.append(surplus @ X / len(X) + gamma * W[k])
    return np.array(rows)
