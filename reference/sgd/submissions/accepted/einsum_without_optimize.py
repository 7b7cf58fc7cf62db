"""Plain einsum, which multiplies without BLAS, but neither loops nor copies."""


def softmax_xent_grad(W, X, Y, gamma):
    scores = np.einsum("kd,bd->bk", W, X)
    scores -= scores.max(axis=1, keepdims=True)
    P = np.exp(scores)
    P /= P.sum(axis=1, keepdims=True)
    return np.einsum("bk,bd->kd", P - Y, X) / len(X) + gamma * W


def predict_bytes(B, d, c):
    return 8 * max(3 * B * c + c * d, 2 * B * c + 3 * c * d)
