"""exp of unshifted scores overflows for scores in the thousands.

caught by: check_gradient_is_exact_for_large_scores
message: overflow
"""


def softmax_xent_grad(W, X, Y, gamma):
    P = np.exp(X @ W.T)
    P = P / P.sum(axis=1, keepdims=True)
    return (P - Y).T @ X / len(X) + gamma * W
