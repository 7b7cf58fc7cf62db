"""The normal distribution comes from erf, and zeros are masked.

appended to: bayesian.py
"""


def normal_cdf(z):
    return np.array([(1 + math.erf(x / math.sqrt(2))) / 2 for x in np.ravel(z)]).reshape(
        np.shape(z)
    )


def expected_improvement(mean, std, best, xi=0.0):
    gain = best - xi - mean
    result = np.maximum(gain, 0.0)
    some = std > 0
    z = gain[some] / std[some]
    density = np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    result[some] = std[some] * (z * normal_cdf(z) + density)
    return result


def probability_of_improvement(mean, std, best, xi=0.0):
    gain = best - xi - mean
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(gain == 0, 0.0, gain / std)
    certain = (gain > 0).astype(float)
    return np.where(std == 0, certain, normal_cdf(z))
