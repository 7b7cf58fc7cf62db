"""The names are sorted before the columns of U are given to them.

caught by: check_configurations_are_rows_of_the_cube
message: the names in configuration 0
appended to: spaces.py
"""


def configurations(space, U):
    names = sorted(space)
    return [
        {name: value_at(space[name], u) for name, u in zip(names, row, strict=True)} for row in U
    ]
