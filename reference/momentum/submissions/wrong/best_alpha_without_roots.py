"""alpha is 4 / (L + mu).

caught by: check_best_momentum_for_one_hundred, check_best_momentum_is_a_double_root
message: alpha for mu = 1, L = 100 is off
"""


def optimal_momentum(mu, L):
    root = math.sqrt(L / mu)
    return 4 / (L + mu), ((root - 1) / (root + 1)) ** 2
