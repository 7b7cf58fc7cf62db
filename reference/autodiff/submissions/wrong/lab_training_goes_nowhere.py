"""The network was trained with too small a step.

caught by: check_lab_shows_what_theory_says
message: training does not halve the loss
"""
