"""The data are those of another lab.

caught by: check_lab_measured_every_case
message: is of another assignment
"""
