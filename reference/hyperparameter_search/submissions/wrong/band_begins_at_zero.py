"""The band leaves out the low end of the scores.

caught by: check_band_of_random_scores
message: the lower bound
"""

_band = tuning_band


def tuning_band(scores, ks, alpha, low, high):
    lower, upper = _band(scores, ks, alpha, low, high)
    return lower - low, upper - low
