"""kappa stands where its root should.

caught by: check_best_momentum_for_one_hundred, check_best_momentum_is_a_double_root
message: beta for mu = 1, L = 100 is off
"""


def optimal_momentum(mu, L):
    kappa = L / mu
    return 4 / (math.sqrt(L) + math.sqrt(mu)) ** 2, ((kappa - 1) / (kappa + 1)) ** 2
