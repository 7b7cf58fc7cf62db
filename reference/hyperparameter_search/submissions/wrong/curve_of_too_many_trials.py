"""The best of more trials than there are is the best of all.

caught by: check_tuning_curve_is_the_mean_over_subsets
message: the error for the best of
not recognised: what gives it away is the name of an error
"""

_in_range = _mean_lowest


def _mean_lowest(ordered, k):
    return _in_range(ordered, min(max(k, 1), len(ordered)))
