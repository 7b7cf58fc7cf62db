"""The numbers of subsets are floats.

caught by: check_tuning_curve_of_many_scores
message: OverflowError
"""


def _mean_lowest(ordered, k):
    n = len(ordered)
    if not 1 <= k <= n:
        raise ValueError
    counts = np.array([float(math.comb(n - 1 - j, k - 1)) for j in range(n)])
    return float(counts @ ordered / float(math.comb(n, k)))
