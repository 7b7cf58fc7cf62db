"""A log-uniform value at u = 1 is above the upper end by a rounding.

caught by: check_values_stay_within_their_range
message: outside the range
appended to: spaces.py
not recognised: its answers are right to fifteen digits
"""

import math


def value_at(span, u):
    kind, *values = span
    if kind == "choice":
        return values[min(int(u * len(values)), len(values) - 1)]
    low, high = values
    if kind == "integer":
        return low + min(int(u * (high - low + 1)), high - low)
    if kind == "uniform":
        return min(max(low + u * (high - low), low), high)
    if kind == "log-uniform":
        return math.exp(math.log(low) + u * (math.log(high) - math.log(low)))
    raise ValueError(kind)
