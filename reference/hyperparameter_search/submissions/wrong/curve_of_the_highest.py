"""The tuning curve is that of the highest score.

caught by: check_tuning_curve_of_four_scores, check_tuning_curve_is_the_mean_over_subsets
message: the tuning curve
"""

_lowest = _mean_lowest


def _mean_lowest(ordered, k):
    return -_lowest(-ordered[::-1], k)
