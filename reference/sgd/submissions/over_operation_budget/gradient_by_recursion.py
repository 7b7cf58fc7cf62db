"""A recursion that halves the batch visits every example.

caught by: check_gradient_is_vectorised
message: the budget is 500
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    P = np.exp(P - P.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)

    def total(S, Z):
        half = len(Z) // 2
        return total(S[:half], Z[:half]) + total(S[half:], Z[half:]) if half else np.outer(S, Z)

    return total(P - Y, X) / len(X) + gamma * W
