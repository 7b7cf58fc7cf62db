"""One of the experiments was left out.

caught by: check_lab_measured_every_case
message: the experiment run_times was not measured
"""
