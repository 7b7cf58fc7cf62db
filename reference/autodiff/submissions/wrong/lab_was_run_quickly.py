"""The lab was run with small sizes only.

caught by: check_lab_measured_every_case
message: the lab was run with --quick
"""
