"""The last column of U belongs to the first hyperparameter.

caught by: check_configurations_are_rows_of_the_cube
message: of configuration 0
appended to: spaces.py
"""


def configurations(space, U):
    return [
        {name: value_at(space[name], u) for name, u in zip(space, row[::-1], strict=True)}
        for row in U
    ]
