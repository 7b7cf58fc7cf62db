"""The model of float32 becomes float64.

caught by: check_momentum_follows_a_loop
message: has dtype
appended to: threads.py
"""

in_its_own_dtype = sgd_momentum


def sgd_momentum(X, Y, gamma, W0, alpha, beta, B, epochs):
    X, Y, W0 = X.astype(np.float64), Y.astype(np.float64), W0.astype(np.float64)
    return in_its_own_dtype(X, Y, gamma, W0, alpha, beta, B, epochs)
