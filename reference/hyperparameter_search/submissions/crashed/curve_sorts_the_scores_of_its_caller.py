"""The scores are sorted in place.

caught by: check_tuning_curve_is_the_mean_over_subsets
message: read-only
"""


def tuning_curve(scores, ks):
    scores.sort()
    return np.array([_mean_lowest(scores, k) for k in ks])
