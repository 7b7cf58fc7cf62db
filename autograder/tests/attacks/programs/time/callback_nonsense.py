"""Calls the check's function with everything but a number.

expect: grader survives
passes: all but check_minimum
"""


def minimise(slope, start):
    """Strings, dicts, and a float beyond reach."""
    for argument in ("x" * 100_000, {"a": [1]}, b"", None, 10**1000):
        try:
            slope(argument)
        except ValueError:
            continue
    return start
