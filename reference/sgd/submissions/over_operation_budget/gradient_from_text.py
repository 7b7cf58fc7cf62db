"""exec with the text of a loop: the code has no file, but it has steps.

caught by: check_gradient_is_vectorised
message: the budget is 500
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    names = {"np": np, "S": P - Y, "X": X, "total": np.zeros(W.shape)}
    exec("for s, x in zip(S, X):\n    total += np.outer(s, x)", names)
    return names["total"] / len(X) + gamma * W
