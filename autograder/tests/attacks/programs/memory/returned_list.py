"""Returns a list of two million lists.

expect: limits hold
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""


def total(x):
    """Far more than may cross."""
    return [[] for _ in range(2_000_000)]
