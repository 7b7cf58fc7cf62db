"""The border is always 5 % wide.

caught by: check_values_at_the_border_are_named
message: the names at the border
"""

_named = at_border


def at_border(config, space, within=0.05):
    return _named(config, space)
