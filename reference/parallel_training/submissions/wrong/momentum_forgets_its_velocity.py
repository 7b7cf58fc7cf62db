"""The velocity is set back to zero in every epoch.

caught by: check_momentum_follows_a_loop, check_momentum_of_other_sizes
message: is off by
appended to: threads.py
"""

run_epochs = sgd_momentum


def sgd_momentum(X, Y, gamma, W0, alpha, beta, B, epochs):
    W = W0.copy()
    for _ in range(epochs):
        W = run_epochs(X, Y, gamma, W, alpha, beta, B, 1)
    return W
