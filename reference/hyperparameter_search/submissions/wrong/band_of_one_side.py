"""The 2 is missing in the logarithm of the band.

caught by: check_band_of_two_scores, check_band_of_random_scores
message: the lower bound
"""


def tuning_band(scores, ks, alpha, low, high):
    n = len(scores)
    widths = np.diff(np.concatenate([[low], np.sort(scores), [high]]))
    share = np.arange(n + 1) / n
    eps = math.sqrt(max(math.log(1 / alpha), 0) / (2 * n))
    above = 1 - np.clip([share + eps, share - eps], 0, 1)
    lower, upper = (np.array([low + widths @ tail**k for k in ks]) for tail in above)
    return lower, upper
