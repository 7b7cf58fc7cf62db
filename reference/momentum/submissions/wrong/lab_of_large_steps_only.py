"""The steps on 100 parameters were not timed.

caught by: check_lab_measured_every_case, check_lab_shows_what_theory_says
message: step_times lacks the case parameters 100, optimiser plain SGD
"""
