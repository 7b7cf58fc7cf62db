"""Work and bytes take their time one after the other.

caught by: check_predicted_cores
message: were measured
"""


def roofline(flops, nbytes, flops_per_s, bandwidth):
    return flops / flops_per_s + nbytes / bandwidth
