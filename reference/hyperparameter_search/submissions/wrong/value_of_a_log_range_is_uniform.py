"""A log-uniform value is drawn uniformly.

caught by: check_values_of_the_worked_example, check_values_of_random_ranges
message: the value of ('log-uniform', 0.01, 1.0)
appended to: spaces.py
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
        return low + u * (high - low)
    raise ValueError(kind)
