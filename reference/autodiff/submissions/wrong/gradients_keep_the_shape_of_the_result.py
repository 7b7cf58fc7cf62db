"""Gradients of broadcast inputs are not summed.

caught by: check_gradients_of_broadcast_inputs
message: has shape
appended to: operations.py
"""


def unbroadcast(g, shape):
    return g
