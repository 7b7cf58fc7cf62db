"""mu is taken for 1 in alpha.

caught by: check_best_momentum_is_a_double_root
message: alpha for mu
"""


def optimal_momentum(mu, L):
    root = math.sqrt(L / mu)
    return 4 / (math.sqrt(L) + 1) ** 2, ((root - 1) / (root + 1)) ** 2
