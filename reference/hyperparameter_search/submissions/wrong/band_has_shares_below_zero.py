"""Shares below 0 and above 1 are not cut.

caught by: check_band_of_two_scores, check_band_of_random_scores
message: the upper bound
"""


def tuning_band(scores, ks, alpha, low, high):
    n = len(scores)
    widths = np.diff(np.concatenate([[low], np.sort(scores), [high]]))
    share = np.arange(n + 1) / n
    eps = math.sqrt(math.log(2 / alpha) / (2 * n))
    above = 1 - np.array([np.minimum(share + eps, 1), share - eps])
    lower, upper = (np.array([low + widths @ tail**k for k in ks]) for tail in above)
    return lower, upper
