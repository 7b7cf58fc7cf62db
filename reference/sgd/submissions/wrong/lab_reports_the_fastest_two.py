"""Only the two fastest repeats were kept.

caught by: check_lab_tells_machine_units_and_repeats
message: seconds has 2 repeats, not 5
"""
