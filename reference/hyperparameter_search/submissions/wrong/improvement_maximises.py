"""The improvement is that of a maximisation.

caught by: check_acquisitions_agree_with_quadrature
message: EI
appended to: bayesian.py
"""


def expected_improvement(mean, std, best, xi=0.0):
    gain, safe = mean - best - xi, np.where(std > 0, std, 1.0)
    z = gain / safe
    density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    return np.where(std > 0, gain * normal_cdf(z) + std * density, np.maximum(gain, 0.0))
