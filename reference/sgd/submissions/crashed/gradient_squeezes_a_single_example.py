"""Scores of a single example lose their axis of examples.

caught by: check_gradient_is_a_mean_over_the_batch
message: axis 1 is out of bounds
"""


def softmax_xent_grad(W, X, Y, gamma):
    odds = (X @ W.T).squeeze()
    odds = np.exp(odds - odds.max(axis=1, keepdims=True))
    odds /= odds.sum(axis=1, keepdims=True)
    return (odds - Y).T @ X / len(Y) + gamma * W
