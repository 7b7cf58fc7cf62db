"""Whole numbers are rounded, which gives both ends half a share.

caught by: check_whole_numbers_and_choices_have_equal_shares
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
        return low + round(u * (high - low))
    if kind == "uniform":
        return min(max(low + u * (high - low), low), high)
    if kind == "log-uniform":
        return min(max(low * (high / low) ** u, low), high)
    raise ValueError(kind)
