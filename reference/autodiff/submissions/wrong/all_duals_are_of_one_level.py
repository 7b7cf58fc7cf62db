"""The directions of a jvp within another are taken for one.

caught by: check_nested_jvp_keeps_directions_apart
message: 2 times too large
appended to: forward.py
"""

import itertools

_levels = itertools.repeat(1)
