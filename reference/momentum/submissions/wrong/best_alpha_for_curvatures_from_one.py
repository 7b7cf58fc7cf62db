"""mu is taken for 1 in alpha.

caught by: check_best_momentum_for_other_curvatures
message: alpha for mu
"""


def optimal_momentum(mu, L):
    root = math.sqrt(L / mu)
    return 4 / (math.sqrt(L) + 1) ** 2, ((root - 1) / (root + 1)) ** 2
