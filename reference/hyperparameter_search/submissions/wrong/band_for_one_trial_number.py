"""The band holds for one point of the distribution only.

caught by: check_band_of_random_scores
message: bound of
"""


def tuning_band(scores, ks, alpha, low, high):
    n = len(scores)
    widths = np.diff(np.concatenate([[low], np.sort(scores), [high]]))
    share = np.arange(n + 1) / n
    eps = 2 * np.sqrt(share * (1 - share) / n)
    above = 1 - np.clip([share + eps, share - eps], 0, 1)
    lower, upper = (np.array([low + widths @ tail**k for k in ks]) for tail in above)
    return lower, upper
