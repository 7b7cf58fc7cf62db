"""Fills shared mappings, which some limits do not count.

expect: limits hold
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import mmap


def total(x):
    """Two gigabytes of it."""
    pieces = []
    for _ in range(20):
        piece = mmap.mmap(-1, 10**8)
        for start in range(0, 10**8, 4096):
            piece[start] = 1
        pieces.append(piece)
    return 0.0
