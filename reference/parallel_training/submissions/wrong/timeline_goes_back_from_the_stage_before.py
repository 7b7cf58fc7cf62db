"""A backward needs the one of the stage before.

caught by: check_timeline_of_the_worked_example
message: expected
appended to: pipeline.py
"""


def _need(i, kind, j, last):
    if kind == "F":
        return ("F", i - 1, j) if i > 0 else None
    return ("B", i - 1, j) if i > 0 else ("F", i, j)
