"""The examples sorted by class were not sorted.

caught by: check_lab_shows_what_theory_says
message: sorted by class does as well as random draws
"""
