"""The velocity takes the share 1 - beta of each gradient.

caught by: check_momentum_follows_a_loop, check_momentum_leaves_its_start_alone
message: is off by
appended to: threads.py
"""

with_whole_gradients = sgd_momentum


def sgd_momentum(X, Y, gamma, W0, alpha, beta, B, epochs):
    return with_whole_gradients(X, Y, gamma, W0, alpha * (1 - beta), beta, B, epochs)
