"""The lab names no units.

caught by: check_lab_tells_machine_and_units
message: unit
"""
