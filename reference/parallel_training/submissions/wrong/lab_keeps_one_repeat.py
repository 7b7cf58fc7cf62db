"""The lab keeps one time in place of all repeats.

caught by: check_lab_tells_machine_units_and_repeats
message: has 1 repeats
"""
