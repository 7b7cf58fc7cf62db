"""Every step of the formula is an array of its own, as one would write it first."""


def softmax_xent_grad(W, X, Y, gamma):
    scores = X @ W.T
    shifted = scores - scores.max(axis=1, keepdims=True)
    odds = np.exp(shifted)
    P = odds / odds.sum(axis=1, keepdims=True)
    difference = P - Y
    sum_over_examples = difference.T @ X
    return sum_over_examples / len(X) + gamma * W


def predict_bytes(B, d, c):
    return 8 * (5 * B * c + 4 * c * d)
