"""All subsets are listed.

caught by: check_tuning_curve_lists_no_subsets
message: steps grow like
"""

import itertools


def _mean_lowest(ordered, k):
    if not 1 <= k <= len(ordered):
        raise ValueError
    total = count = 0
    for subset in itertools.combinations(ordered, k):
        total += subset[0]
        count += 1
    return total / count
