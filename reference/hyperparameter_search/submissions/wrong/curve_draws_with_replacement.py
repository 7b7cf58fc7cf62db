"""The tuning curve draws trials with replacement.

caught by: check_tuning_curve_of_four_scores
message: the tuning curve
"""


def _mean_lowest(ordered, k):
    n = len(ordered)
    if not 1 <= k <= n:
        raise ValueError
    above = (1 - np.arange(n + 1) / n) ** k
    return float((above[:-1] - above[1:]) @ ordered)
