"""The probability leaves out xi.

caught by: check_acquisitions_agree_with_quadrature
message: PI
appended to: bayesian.py
"""


def probability_of_improvement(mean, std, best, xi=0.0):
    gain, safe = best - mean, np.where(std > 0, std, 1.0)
    return np.where(std > 0, normal_cdf(gain / safe), gain > 0)
