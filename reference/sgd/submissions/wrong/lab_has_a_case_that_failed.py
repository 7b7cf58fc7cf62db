"""One case raised an error, and the lab was not run again.

caught by: check_lab_measured_every_case
message: a case of subsampling could not be measured
"""
