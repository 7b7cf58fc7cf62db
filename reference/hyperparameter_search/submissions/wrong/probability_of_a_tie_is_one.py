"""A tie counts as an improvement.

caught by: check_acquisitions_without_uncertainty
message: PI
appended to: bayesian.py
not recognised: a one comes out of many mistakes
"""


def probability_of_improvement(mean, std, best, xi=0.0):
    gain, safe = best - xi - mean, np.where(std > 0, std, 1.0)
    return np.where(std > 0, normal_cdf(gain / safe), gain >= 0)
