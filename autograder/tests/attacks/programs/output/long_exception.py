"""Raises an exception of a million characters, with a chain of causes.

expect: limits hold
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""


def total(x):
    """A chain of 200."""
    error = None
    for _ in range(200):
        new = ValueError("x" * 1_000_000)
        new.__cause__ = error
        error = new
    raise error
