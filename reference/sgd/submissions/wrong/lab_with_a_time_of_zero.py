"""A clock too coarse gave a time of zero.

caught by: check_lab_tells_machine_units_and_repeats
message: seconds holds what is no time
"""
