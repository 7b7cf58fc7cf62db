"""An index array selects the rows, which copies the batch: n d numbers.

caught by: check_gradient_makes_no_array_as_large_as_the_batch
message: the budget is
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    rows = np.arange(len(X))
    return (P - Y).T @ X[rows] / len(X) + gamma * W
