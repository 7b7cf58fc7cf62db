"""The batch sizes that take longest were left out.

caught by: check_lab_measured_every_case
message: batch_sizes lacks the case B 3, algorithm Algorithm 3
"""
