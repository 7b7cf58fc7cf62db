"""log-sum-exp by np.logaddexp.reduce, and probabilities by exp of a difference."""


def softmax_xent_loss(W, X, Y, gamma):
    scores = X @ W.T
    losses = np.logaddexp.reduce(scores, axis=1) - np.einsum("nk,nk->n", Y, scores)
    return losses.mean() + 0.5 * gamma * np.linalg.norm(W) ** 2


def softmax_xent_grad(W, X, Y, gamma):
    scores = X @ W.T
    scores -= np.logaddexp.reduce(scores, axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores -= Y
    return np.dot(scores.T, X) / len(X) + gamma * W


def predict_bytes(B, d, c):
    return 8 * (B * c + 3 * c * d)
