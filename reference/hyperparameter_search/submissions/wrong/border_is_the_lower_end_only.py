"""Only the lower end of a range counts.

caught by: check_values_at_the_border_are_named
message: the names at the border
not recognised: a list of names comes out of many mistakes
"""

_place_of = _place


def _place(span, value):
    return min(_place_of(span, value), 0.5)
