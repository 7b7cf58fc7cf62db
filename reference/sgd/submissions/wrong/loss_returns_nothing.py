"""The return statement is missing.

caught by: check_loss_of_the_worked_example
message: nothing was returned
not recognised: it gives no answer; the check's message says so
"""


def softmax_xent_loss(W, X, Y, gamma):
    scores = X @ W.T
    losses = np.logaddexp.reduce(scores, axis=1) - (Y * scores).sum(axis=1)
    np.mean(losses) + gamma / 2 * np.sum(W * W)
