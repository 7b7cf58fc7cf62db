"""Both curves are those of central differences.

caught by: check_lab_shows_what_theory_says
message: a tenth of eps divides the error by 100, not by 10
"""
