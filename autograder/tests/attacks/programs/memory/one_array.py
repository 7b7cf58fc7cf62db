"""Asks for one array of 8 GB.

expect: limits hold
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import numpy as np


def total(x):
    """At once."""
    return float(np.ones(10**9).sum())
