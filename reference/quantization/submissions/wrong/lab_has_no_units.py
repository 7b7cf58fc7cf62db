"""The lab names no unit of its bytes.

caught by: check_lab_tells_machine_and_units
message: bytes in layers has no unit
"""
