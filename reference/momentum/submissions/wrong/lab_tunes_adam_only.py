"""The step size of momentum was not tuned.

caught by: check_lab_measured_every_case
message: tuned lacks the case method heavy ball, alpha 0.01
"""
