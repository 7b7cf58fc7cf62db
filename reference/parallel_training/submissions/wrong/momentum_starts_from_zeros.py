"""The model starts from zeros.

caught by: check_momentum_follows_a_loop
message: is off by
appended to: threads.py
"""

start_from = sgd_momentum


def sgd_momentum(X, Y, gamma, W0, alpha, beta, B, epochs):
    return start_from(X, Y, gamma, np.zeros_like(W0), alpha, beta, B, epochs)
