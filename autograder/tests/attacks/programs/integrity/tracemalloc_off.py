"""Stops the counting of memory during the call.

expect: budgets hold
passes: all but check_scaled_is_frugal
"""

import tracemalloc


def scaled(x, k):
    """Wasteful, with tracemalloc switched off."""
    tracemalloc.stop()
    pieces = [k * x for _ in range(8)]
    tracemalloc.start()
    return pieces[0]
