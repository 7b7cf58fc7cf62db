"""Only the network was trained.

caught by: check_lab_measured_every_case
message: training lacks the case layers 64-10
"""
