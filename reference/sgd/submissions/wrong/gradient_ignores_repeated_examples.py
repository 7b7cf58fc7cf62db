"""Repeated examples are counted once, as if a batch were a set.

caught by: check_gradient_is_a_mean_over_the_batch
message: the first example stands five times
"""


def softmax_xent_grad(W, X, Y, gamma):
    _, first = np.unique(X, axis=0, return_index=True)
    X, Y = X[first], Y[first]
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return (P - Y).T @ X / len(X) + gamma * W
