"""The tuning curve is the running best in one order.

caught by: check_tuning_curve_of_four_scores, check_tuning_curve_is_the_mean_over_subsets
message: the tuning curve
not recognised: its answers are scores of two digits, which come out of many mistakes
"""


def tuning_curve(scores, ks):
    return np.minimum.accumulate(scores)[np.array(ks) - 1]
