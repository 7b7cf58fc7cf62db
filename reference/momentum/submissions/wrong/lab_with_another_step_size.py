"""Gradient descent was not run with its best step size.

caught by: check_lab_agrees_with_what_can_be_computed
message: the distance left after 1 steps is off
"""
