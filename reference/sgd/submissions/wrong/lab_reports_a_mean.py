"""Run times were replaced by their mean.

caught by: check_lab_tells_machine_units_and_repeats
message: seconds is 2.9, not a list of numbers
"""
