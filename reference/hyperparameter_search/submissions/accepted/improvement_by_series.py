"""The normal distribution comes from a series, far out from a continued fraction.

appended to: bayesian.py
"""


def _cdf(z):
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    if abs(z) < 3:
        term = total = z
        for k in range(1, 80):
            term *= z * z / (2 * k + 1)
            total += term
        return 0.5 + total * density
    fraction = abs(z)
    for k in range(200, 0, -1):
        fraction = abs(z) + k / fraction
    tail = density / fraction
    return tail if z < 0 else 1 - tail


def normal_cdf(z):
    return np.vectorize(_cdf, otypes=[float])(z)
