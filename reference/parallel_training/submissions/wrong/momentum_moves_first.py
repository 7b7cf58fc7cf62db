"""The model moves by the velocity before the gradient changes it.

caught by: check_momentum_follows_a_loop
message: is off by
appended to: threads.py
"""


def sgd_momentum(X, Y, gamma, W0, alpha, beta, B, epochs):
    W, V, G = W0.copy(), np.zeros_like(W0), np.empty_like(W0)
    work = Workspace(B, X.shape[1], Y.shape[1], X.dtype)
    for _ in range(epochs):
        for start in range(0, len(X), B):
            batch = slice(start, start + B)
            gradient_into(W, X[batch], Y[batch], gamma, slice(0, B), G, work)
            W += V
            V *= beta
            G *= alpha
            V -= G
    return W
