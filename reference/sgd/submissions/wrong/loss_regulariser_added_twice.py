"""The regulariser is added to the loss of every example and then again to the mean.

caught by: check_loss_of_the_worked_example
message: the loss is off
"""


def softmax_xent_loss(W, X, Y, gamma):
    scores = X @ W.T
    penalty = gamma / 2 * np.sum(W * W)
    losses = np.logaddexp.reduce(scores, axis=1) - (Y * scores).sum(axis=1) + penalty
    return float(np.mean(losses) + penalty)
