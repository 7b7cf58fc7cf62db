"""Places in a log-uniform range are not taken from logarithms.

caught by: check_values_at_the_border_are_named
message: the names at the border
not recognised: a list of names comes out of many mistakes
"""


def _place(span, value):
    _, low, high = span
    return (value - low) / (high - low)
