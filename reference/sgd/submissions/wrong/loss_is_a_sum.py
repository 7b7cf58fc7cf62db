"""The losses of the examples are summed, not averaged.

caught by: check_loss_of_the_worked_example
message: the loss is off
"""


def softmax_xent_loss(W, X, Y, gamma):
    scores = X @ W.T
    losses = np.logaddexp.reduce(scores, axis=1) - (Y * scores).sum(axis=1)
    return float(np.sum(losses) + gamma / 2 * np.sum(W * W))
