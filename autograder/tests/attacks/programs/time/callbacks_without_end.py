"""Calls the check's function for ever.

expect: grader ends in time
passes: all but check_minimum
"""


def minimise(slope, start):
    """Never satisfied."""
    while True:
        slope(start)
