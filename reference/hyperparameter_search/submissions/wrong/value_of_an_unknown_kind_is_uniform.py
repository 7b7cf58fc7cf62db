"""A range of an unknown kind is taken as uniform.

caught by: check_values_stay_within_their_range
message: the error for a range of the kind
appended to: spaces.py
not recognised: what gives it away is the name of an error
"""


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
        return min(max(low * (high / low) ** u, low), high)
    return low + u * (high - low)
