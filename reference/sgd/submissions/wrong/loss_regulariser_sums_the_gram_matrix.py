"""The regulariser sums all entries of W^T W instead of its diagonal.

caught by: check_loss_agrees_with_a_plain_loop
message: the loss for gamma = 0.3 is off
"""


def softmax_xent_loss(W, X, Y, gamma):
    scores = X @ W.T
    log_normaliser = np.logaddexp.reduce(scores, axis=1)
    fit = np.mean(log_normaliser - (Y * scores).sum(axis=1))
    return float(fit + gamma / 2 * np.sum(W.T @ W))
