"""The loss has gamma ||W||^2 where its gradient gamma W belongs to gamma/2 ||W||^2.

caught by: check_loss_of_the_worked_example
message: got 1.10354, expected 1.0555
"""


def softmax_xent_loss(W, X, Y, gamma):
    scores = X @ W.T
    losses = np.logaddexp.reduce(scores, axis=1) - (Y * scores).sum(axis=1)
    return float(np.mean(losses) + gamma * np.sum(W * W))
