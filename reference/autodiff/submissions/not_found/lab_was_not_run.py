"""The lab was not run.

caught by: check_lab_measured_every_case
message: run `autograder lab autodiff`
"""
