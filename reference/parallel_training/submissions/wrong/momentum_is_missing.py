"""There is no momentum.

caught by: check_momentum_follows_a_loop
message: is off by
appended to: threads.py
"""

with_momentum = sgd_momentum


def sgd_momentum(X, Y, gamma, W0, alpha, beta, B, epochs):
    return with_momentum(X, Y, gamma, W0, alpha, 0.0, B, epochs)
