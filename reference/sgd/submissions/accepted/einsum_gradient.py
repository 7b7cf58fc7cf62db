"""The gradient by einsum, with the BLAS behind it."""


def softmax_xent_grad(W, X, Y, gamma):
    scores = np.einsum("nd,kd->nk", X, W, optimize=True)
    P = np.exp(scores - scores.max(axis=1)[:, None])
    P /= np.einsum("nk->n", P)[:, None]
    return np.einsum("nk,nd->kd", P - Y, X, optimize=True) / len(X) + gamma * W


def predict_bytes(B, d, c):
    return 8 * max(3 * B * c, 2 * B * c + 3 * c * d)
