"""exp of unshifted scores overflows for scores in the thousands.

caught by: check_loss_is_exact_for_large_scores
message: overflow
"""


def softmax_xent_loss(W, X, Y, gamma):
    scores = X @ W.T
    log_normaliser = np.log(np.exp(scores).sum(axis=1))
    losses = log_normaliser - (Y * scores).sum(axis=1)
    return float(np.mean(losses) + gamma / 2 * np.sum(W * W))
