"""A batch is recognised by its number of axes after squeeze, so one example counts as several.

caught by: check_loss_of_a_single_example_and_in_float32
message: the loss of a single example
"""


def softmax_xent_loss(W, X, Y, gamma):
    scores = np.squeeze(X @ W.T)
    scores = scores - scores.max(axis=-1, keepdims=True)
    losses = np.log(np.exp(scores).sum(axis=-1, keepdims=True)) - scores
    return float(np.sum(np.squeeze(Y) * losses) / len(scores) + gamma / 2 * np.sum(W * W))
