"""Model, velocity and gradient lie in one buffer, and minibatches are taken by np.split.

appended to: threads.py
"""


def sgd_momentum(X, Y, gamma, W0, alpha, beta, B, epochs):
    W, V, G = np.zeros((3, *W0.shape), W0.dtype)
    W[:] = W0
    work = Workspace(B, W0.shape[1], W0.shape[0], W0.dtype)
    parts = len(X) // B
    for k in range(epochs * parts):
        x, y = (np.split(array, parts)[k % parts] for array in (X, Y))
        gradient_into(W, x, y, gamma, slice(None), G, work)
        np.multiply(G, -alpha, out=G)
        np.multiply(V, beta, out=V)
        np.add(V, G, out=V)
        np.add(W, V, out=W)
    return W
