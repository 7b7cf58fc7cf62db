"""Gradients of broadcast inputs are not summed.

caught by: check_unbroadcast_sums_over_copies
message: has shape
appended to: operations.py
"""


def unbroadcast(g, shape):
    return g
