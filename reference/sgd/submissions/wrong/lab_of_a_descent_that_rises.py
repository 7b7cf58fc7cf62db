"""Gradient descent was run with too long a step.

caught by: check_lab_shows_what_theory_says
message: gradient descent with a short step raises the loss
"""
