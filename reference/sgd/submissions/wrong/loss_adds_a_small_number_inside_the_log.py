"""A small number inside the logarithm hides log 0 and caps the loss of an example at 69.

caught by: check_loss_is_exact_for_large_scores
message: the loss for scores up to 5000 is off
"""


def softmax_xent_loss(W, X, Y, gamma):
    scores = X @ W.T
    scores = scores - scores.max(axis=1, keepdims=True)
    P = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    losses = -np.log((Y * P).sum(axis=1) + 1e-30)
    return float(np.mean(losses) + gamma / 2 * np.sum(W * W))
