"""map calls the product of X^T with the column of each class: no step of Python, 100 000 calls.

caught by: check_gradient_is_vectorised
message: x yardstick; the budget is 8 x yardstick
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True) - Y
    rows = map(X.T.__matmul__, P.T)
    return np.array(list(rows)) / len(X) + gamma * W
