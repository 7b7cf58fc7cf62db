"""A grid leaves its values in the caller's space.

caught by: check_grid_lists_nothing_twice
message: argument 0 of grid, afterwards,
appended to: spaces.py
"""


def grid(space, k):
    for name, span in space.items():
        space[name] = _axis(span, k)
    return [dict(zip(space, values, strict=True)) for values in itertools.product(*space.values())]
