"""The lab names no units.

caught by: check_lab_tells_machine_units_and_repeats
message: has no unit
"""
