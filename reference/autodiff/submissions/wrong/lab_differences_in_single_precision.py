"""The function was computed in float32.

caught by: check_lab_shows_what_theory_says
message: the least error is
"""
