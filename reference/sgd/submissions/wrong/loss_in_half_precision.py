"""Scores are rounded to float16 on the way: near enough by eye, off by 1e-4.

caught by: check_loss_of_the_worked_example
message: the loss is off
"""


def softmax_xent_loss(W, X, Y, gamma):
    scores = (X @ W.T).astype(np.float16).astype(float)
    losses = np.logaddexp.reduce(scores, axis=1) - (Y * scores).sum(axis=1)
    return float(np.mean(losses) + gamma / 2 * np.sum(W * W))
