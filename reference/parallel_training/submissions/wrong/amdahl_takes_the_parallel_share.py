"""The serial share is taken for the parallel one.

caught by: check_predicted_cores
message: were measured
"""


def amdahl(serial, T):
    return 1 / (1 - serial + serial / T)
