"""All minibatches are copied before the loop.

caught by: check_momentum_allocates_nothing
message: the budget is
appended to: threads.py
"""


def sgd_momentum(X, Y, gamma, W0, alpha, beta, B, epochs):
    W, V, G = W0.copy(), np.zeros_like(W0), np.empty_like(W0)
    work = Workspace(B, X.shape[1], Y.shape[1], X.dtype)
    batches = [(X[i : i + B].copy(), Y[i : i + B].copy()) for i in range(0, len(X), B)]
    for _ in range(epochs):
        for x, y in batches:
            gradient_into(W, x, y, gamma, slice(0, B), G, work)
            _step(W, V, G, alpha, beta)
    return W
