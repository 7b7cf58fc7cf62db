"""An array that nothing uses overflows; the gradient itself is exact.

caught by: check_gradient_is_exact_for_large_scores
message: no line may overflow, used or not
"""

_of_shifted_scores = softmax_xent_grad


def softmax_xent_grad(W, X, Y, gamma):
    odds = np.exp(X @ W.T)
    del odds
    return _of_shifted_scores(W, X, Y, gamma)
