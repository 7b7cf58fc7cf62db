"""The times of small and large models were exchanged.

caught by: check_lab_shows_what_theory_says
message: is told to be no slower for 501 000 parameters than for 100
"""
