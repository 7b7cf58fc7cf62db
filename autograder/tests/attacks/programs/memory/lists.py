"""Asks for more memory than the limit, bit by bit.

expect: limits hold
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""


def total(x):
    """Two gigabytes, if no limit stops it."""
    return sum(len(piece) for piece in [bytes([1]) * 10**7 for _ in range(200)])
