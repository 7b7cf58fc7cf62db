"""The listed models are rows of one array, draws become slices, and the product is transposed."""


def softmax_xent_grad(W, X, Y, gamma):
    P = X @ W.T
    np.subtract(P, P.max(axis=1, keepdims=True), out=P)
    np.exp(P, out=P)
    np.multiply(P, 1 / P.sum(axis=1, keepdims=True), out=P)
    np.subtract(P, Y, out=P)
    G = X.T @ P
    G *= W.dtype.type(1 / len(X))
    G += W.dtype.type(gamma) * W.T
    return G.T


def predict_bytes(B, d, c):
    return 8 * (B * c + 2 * c * d)


def gradient_descent(grad_fn, W0, n, alpha, num_iters, monitor_period):
    block = np.empty((1 + -(-num_iters // monitor_period), *W0.shape), W0.dtype)
    W, block[0], row = W0.copy(), W0, 1
    for t in range(1, num_iters + 1):
        W -= alpha * grad_fn(W, slice(None))
        if t % monitor_period == 0 or t == num_iters:
            block[row] = W
            row += 1
    return list(block)


def sgd_random(grad_fn, W0, n, alpha, num_epochs, monitor_period, rng):
    def one():
        i = rng.integers(n, size=1)[0]
        return slice(i, i + 1)

    steps = (one() for _ in range(num_epochs * n))
    return _descend(grad_fn, W0, alpha, steps, monitor_period)
