"""Prints without end.

expect: limits hold
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""


def total(x):
    """Line after line."""
    while True:
        print("x" * 1000)
