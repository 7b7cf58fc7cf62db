"""Whole numbers leave out the upper end.

caught by: check_whole_numbers_and_choices_have_equal_shares, check_values_of_the_worked_example
message: expected
appended to: spaces.py
not recognised: small whole numbers say too little; the check's message says which is wrong
"""


def value_at(span, u):
    kind, *values = span
    if kind == "choice":
        return values[min(int(u * len(values)), len(values) - 1)]
    low, high = values
    if kind == "integer":
        return low + min(int(u * (high - low)), high - low - 1)
    if kind == "uniform":
        return min(max(low + u * (high - low), low), high)
    if kind == "log-uniform":
        return min(max(low * (high / low) ** u, low), high)
    raise ValueError(kind)
