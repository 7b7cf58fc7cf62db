"""The lab names not every unit.

caught by: check_lab_tells_machine_units_and_repeats
message: adam in memory has no unit
"""
