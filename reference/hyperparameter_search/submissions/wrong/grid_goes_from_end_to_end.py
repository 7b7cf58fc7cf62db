"""The values of a grid are at the ends of the range.

caught by: check_grid_of_the_worked_example
message: momentum of configuration 0
appended to: spaces.py
"""


def _axis(span, k):
    kind, *values = span
    if kind == "choice":
        return values
    count = min(k, values[1] - values[0] + 1) if kind == "integer" else k
    return [value_at(span, u) for u in np.linspace(0.0, 1.0, count).tolist()]
