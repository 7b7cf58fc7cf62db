"""The lab was measured with --quick.

caught by: check_lab_measured_every_case
message: quick
"""
