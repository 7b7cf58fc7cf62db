"""The data were written by another program.

caught by: check_lab_measured_every_case
message: its format is 'mine'
"""
