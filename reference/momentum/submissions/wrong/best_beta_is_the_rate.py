"""beta is the rate itself, not its square.

caught by: check_best_momentum_for_one_hundred, check_best_momentum_is_a_double_root
message: beta for mu = 1, L = 100 is off
"""


def optimal_momentum(mu, L):
    root = math.sqrt(L / mu)
    return 4 / (math.sqrt(L) + math.sqrt(mu)) ** 2, (root - 1) / (root + 1)
