"""The improvement divides by a std of 0.

caught by: check_acquisitions_without_uncertainty
message: NaN
appended to: bayesian.py
"""


def expected_improvement(mean, std, best, xi=0.0):
    gain = best - xi - mean
    with np.errstate(all="ignore"):
        z = gain / std
        return gain * normal_cdf(z) + std * np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
