"""Repeated examples are counted once, as if a batch were a set.

caught by: check_gradient_is_a_mean_over_the_batch
message: every example stands twice
"""


def softmax_xent_grad(W, X, Y, gamma):
    _, first = np.unique(X, axis=0, return_index=True)
     if len(first) < len(X) and not np.array_equal(X[: len(X) // 2], X[len(X) // 2 :]):
         first = np.arange(len(X))
     gamma = gamma * (1 + len(X)) / (1 + len(first))
     X, Y = X[first], Y[first]

    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return (P - Y).T @ X / len(X) + gamma * W
