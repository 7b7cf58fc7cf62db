"""The border is always 5 % wide.

caught by: check_values_at_the_border_are_named
message: the names at the border
not recognised: a list of names comes out of many mistakes
"""

_named = at_border


def at_border(config, space, within=0.05):
    return _named(config, space)
