"""Both estimates were taken from equally many samples.

caught by: check_lab_shows_what_theory_says
message: estimates from 1000 samples scatter as much
"""
