"""The first name of a grid varies fastest.

caught by: check_grid_of_the_worked_example
message: of configuration 1
appended to: spaces.py
"""


def grid(space, k):
    axes = [_axis(span, k) for span in space.values()][::-1]
    return [dict(zip(space, values[::-1], strict=True)) for values in itertools.product(*axes)]
