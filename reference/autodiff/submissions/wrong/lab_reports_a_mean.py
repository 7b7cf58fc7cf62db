"""Run times were replaced by their mean.

caught by: check_lab_tells_machine_units_and_repeats
message: seconds is 0.05, not a list of numbers
"""
