"""The velocity of the last call is the first one of the next.

caught by: check_momentum_follows_a_loop
message: is off by
appended to: threads.py
"""

VELOCITIES = {}


def sgd_momentum(X, Y, gamma, W0, alpha, beta, B, epochs):
    W, G = W0.copy(), np.empty_like(W0)
    V = VELOCITIES.setdefault((W0.shape, W0.dtype), np.zeros_like(W0))
    work = Workspace(B, X.shape[1], Y.shape[1], X.dtype)
    for _ in range(epochs):
        for start in range(0, len(X), B):
            batch = slice(start, start + B)
            gradient_into(W, X[batch], Y[batch], gamma, slice(0, B), G, work)
            _step(W, V, G, alpha, beta)
    return W
