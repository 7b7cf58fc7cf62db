"""Work and bytes take their time one after the other.

caught by: check_predicted_cores
message: were measured
not recognised: its first wrong number comes out of many mistakes; the check ends there
"""


def roofline(flops, nbytes, flops_per_s, bandwidth):
    return flops / flops_per_s + nbytes / bandwidth
